import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChildProcess } from 'node:child_process';

const bin = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

/** A line of `--json`. */
export type JsonLine = Record<string, unknown> & { readonly type: string };

/** How a command ended. */
export interface Finished {
  /** Exit code; undefined where a signal ended it. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as JSON lines; throws where one is none. */
  readonly lines: () => JsonLine[];
}

/** How a command is started. */
export interface PareOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Where standard output goes instead of being collected: a file descriptor. */
  readonly stdout?: number;
  /** Called with the process and all of standard output so far, whenever there is more of it. */
  readonly onOutput?: (child: ChildProcess, stdout: string) => void;
}

/** Runs the built command as a user would. */
export function pare(args: readonly string[], options: PareOptions = {}): Promise<Finished> {
  if (!existsSync(bin)) throw new Error(`${bin} is missing: run "npm run build" first.`);
  const { cwd, env, stdout: sink = 'pipe', onOutput } = options;
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', sink, 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    onOutput?.(child, stdout);
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const lines = () =>
    stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as JsonLine);
  return new Promise((settle, fail) => {
    child.on('error', fail);
    child.on('close', (code) => settle({ code: code ?? undefined, stdout, stderr, lines }));
  });
}

/** A folder that is removed at the end, with the files given. */
export async function temporaryFolder(files: Readonly<Record<string, string>> = {}) {
  const path = await mkdtemp(join(tmpdir(), 'pare-cli-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

/** A configuration that trains in a second or two: 8 x 8 images of three classes. */
export const tinyConfig = `
name: tiny
engine: tfjs-wasm
model: lenet-300-100
dataset: { name: synthetic, imageShape: [8, 8, 1], classes: 3, train: 240, test: 60 }
method:
  name: hoyer
  batchSize: 20
  train: { epochs: 3 }
  finetune: { epochs: 2 }
`;
