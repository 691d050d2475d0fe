import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { findPnpm } from './pnpm.mjs';
import { root } from './root.mjs';
import { announce, runStep } from './step.mjs';

const stamp = join(root, 'node_modules', '.cache', 'pare-setup', 'installed');

/** Folders that may hold a package.json: the root, examples/, and every folder in packages/ and tools/. */
const packageFolders = () => [
  '.',
  'examples',
  ...['packages', 'tools'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(group, name)),
  ),
];

/** Changes whenever something that `pnpm install` reads changes. */
function fingerprint() {
  const hash = createHash('sha256').update(process.version);
  const manifests = packageFolders().map((folder) => join(folder, 'package.json'));
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests.sort()]) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(`\n${file}\n`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** Whether pnpm has finished an installation here; a deleted node_modules takes the answer with it. */
const isWhole = () => existsSync(join(root, 'node_modules', '.modules.yaml'));

/** Installs what pnpm-lock.yaml names; returns at once if that has been done. */
export async function install() {
  const wanted = fingerprint();
  if (isWhole() && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    announce('install', 'dependencies are up to date');
    return;
  }
  const pnpm = await findPnpm();
  announce('install', `dependencies of pnpm-lock.yaml (${pnpm.from})`);
  rmSync(stamp, { force: true });
  // A node_modules that another package manager made is replaced without a question.
  const args = ['install', '--frozen-lockfile', '--config.confirmModulesPurge=false'];
  await runStep('install', pnpm.file, [...pnpm.args, ...args]);
  mkdirSync(join(stamp, '..'), { recursive: true });
  writeFileSync(stamp, wanted);
}
