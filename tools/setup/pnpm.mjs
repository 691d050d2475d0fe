import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { runQuietly } from './command.mjs';
import { root } from './root.mjs';

/** The version that package.json pins. */
export function pinnedPnpm() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return packageManager.split('@')[1].split('+')[0];
}

/** The command that starts the pinned pnpm: the one on the PATH if it is that version, else through npm. */
export async function findPnpm() {
  const version = pinnedPnpm();
  const found = await runQuietly('pnpm', ['--version']);
  if (found.code === 0 && found.output.split('\n').at(-1) === version) {
    return { file: 'pnpm', args: [], from: `pnpm ${version}` };
  }
  return {
    file: 'npx',
    args: ['--yes', `pnpm@${version}`],
    from: `pnpm ${version}, fetched by npx`,
  };
}
