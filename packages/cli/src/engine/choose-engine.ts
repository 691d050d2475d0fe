import { isKnownError } from '../exit-codes.ts';
import type { Engine, Run, RunConfig } from '@pare/core';

/** An engine and what to tell of the choice. */
export interface ChosenEngine {
  readonly engine: Engine;
  /** How a configuration names exactly this engine. */
  readonly reference: RunConfig['engine'];
  /** One line: `engine: tensorflow 2.21.0 (cpu, 2 threads)`, or why another one was taken. */
  readonly notice: string;
}

/** The engine that a configuration names; for `auto` native TensorFlow where it is ready, else tfjs-wasm. */
export async function chooseEngine(run: Run, wanted: RunConfig['engine']): Promise<ChosenEngine> {
  if (wanted.name !== 'auto') {
    const engine = await run.create('engine', wanted);
    return { engine, reference: wanted, notice: describeEngine(engine) };
  }
  try {
    const engine = await run.create('engine', 'tensorflow');
    return { engine, reference: { name: 'tensorflow' }, notice: describeEngine(engine) };
  } catch (error) {
    if (!isAbsence(error)) throw error;
    const engine = await run.create('engine', 'tfjs-wasm');
    const notice = `engine: ${engine.info.name} (${reasonOf(error)})`;
    return { engine, reference: { name: engine.info.name }, notice };
  }
}

/** A library that is missing or does not load leaves the slower engine; a variable that names junk is an error. */
function isAbsence(error: unknown): error is Error & { code: string } {
  return isKnownError(error) && error.code !== 'TENSORFLOW_DIR_INVALID';
}

function reasonOf({ code, message }: { code: string; message: string }): string {
  if (code !== 'ENGINE_NOT_INSTALLED') return `native TensorFlow does not work here: ${message}`;
  return 'native TensorFlow is not installed: run "pare engine install"; several times slower without';
}

/** Engine, version and device on one line. */
export function describeEngine({ info }: Engine): string {
  const threads = `${info.threads} ${info.threads === 1 ? 'thread' : 'threads'}`;
  return `engine: ${info.name} ${info.version} (${info.device}, ${threads})`;
}
