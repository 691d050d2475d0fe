import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { StepError } from '../setup/step.mjs';

const run = promisify(execFile);

/** Runs a contestant in a process of its own and gives the JSON of its last line. */
export async function runWorker(file, args) {
  const { stdout } = await start(file, args);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** Runs a process to its end; what it prints is shown only where it fails. */
export async function start(file, args) {
  try {
    return await run(file, args, { cwd: import.meta.dirname, maxBuffer: 2 ** 26 });
  } catch (error) {
    const said = [error.stdout, error.stderr].filter(Boolean).join('\n').trim();
    throw new StepError(`${said || error.message}\n\nbench: ${file} ${args[0]} failed.`);
  }
}
