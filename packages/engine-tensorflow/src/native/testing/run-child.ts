import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** How a process ended, and what it wrote to both streams. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly output: string;
}

/** Milliseconds that a test with such a process may take on a busy machine: it compiles the sources and loads TensorFlow. */
export const childTimeout = 60_000;

/** Runs a TypeScript file of this folder in a process of its own. */
export async function runChild(file: string): Promise<ChildEnd> {
  const child = spawn(process.execPath, [
    '--conditions=@pare/source',
    ...['--import', join(import.meta.dirname, 'register-typescript.mjs')],
    join(import.meta.dirname, file),
  ]);
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code, signal, output };
}
