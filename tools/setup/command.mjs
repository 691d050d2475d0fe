import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

import { root } from './root.mjs';

/** Windows spells it `Path`; two spellings in one environment would hide each other. */
const pathKey = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';

/** The environment of every step: tools of the workspace first, nothing phones home, nothing asks questions. */
export const environment = {
  ...process.env,
  [pathKey]: [join(root, 'node_modules', '.bin'), process.env[pathKey]].join(delimiter),
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
};

/** On Windows npm and pnpm are batch files, which only a shell can start. */
const needsShell = (file) => process.platform === 'win32' && file !== process.execPath;

const start = (file, args, options) =>
  spawn(file, args, { cwd: root, env: environment, shell: needsShell(file), ...options });

const exitCode = (child) =>
  new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (code) => resolve(code ?? 1));
  });

/** Runs a command on the terminal of the user; gives its exit code. */
export const runOpenly = (file, args) => exitCode(start(file, args, { stdio: 'inherit' }));

/** Runs a command and keeps what it says; gives its exit code and that text. */
export async function runQuietly(file, args) {
  const child = start(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const parts = [];
  child.stdout.on('data', (part) => parts.push(part));
  child.stderr.on('data', (part) => parts.push(part));
  const code = await exitCode(child);
  return { code, output: Buffer.concat(parts).toString().trimEnd() };
}
