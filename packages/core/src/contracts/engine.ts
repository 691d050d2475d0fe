import type { Program } from '@pare/graph';
import type { HostTensor, Tensors } from './tensor.ts';

/** What runs the programs, for reports and for the rule that a run resumes exactly only on the same engine and thread count. */
export interface EngineInfo {
  /** `tensorflow`, `tfjs-wasm`, `tfjs-cpu`, `tfjs-webgpu`, ... */
  readonly name: string;
  readonly version: string;
  readonly device: string;
  readonly threads: number;
  readonly details: Readonly<Record<string, string>>;
}

/**
 * Programs over one set of variables that stay with the engine. Calls run in the order in which they were made; a
 * caller may start the next one before the last has been answered.
 */
export interface Session {
  /** Runs a program: feeds its inputs, applies its updates, gives its outputs. The engine may take over the fed buffers. */
  run(
    program: string,
    feeds: Readonly<Record<string, HostTensor>>,
  ): Promise<Record<string, HostTensor>>;
  /** Copies of variables, default all. */
  read(names?: readonly string[]): Promise<Map<string, HostTensor>>;
  /** Sets variables. A variable must have been set before a program that reads it runs. */
  write(values: Tensors): Promise<void>;
  dispose(): Promise<void>;
}

/** Runs programs. Engines are the only packages that know TensorFlow or TensorFlow.js. */
export interface Engine {
  readonly info: EngineInfo;
  /** Prepares programs that share variables by name. */
  open(programs: Readonly<Record<string, Program>>): Promise<Session>;
  dispose(): Promise<void>;
}
