import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { withCloneNote, withClonePackages } from './clone-packages.mjs';
import { InputError, withNames } from './plugin-names.mjs';

const template = join(import.meta.dirname, 'template');

/** npm leaves a .gitignore out of packages, so the template's has another name. */
const realNames = { gitignore: '.gitignore' };

/** Files that say where Pare's packages come from; they are others in a clone. */
const inClone = { 'package.json': withClonePackages, 'README.md': withCloneNote };

/** A file of the template as the new package has it. */
async function fileText(file, names, clone) {
  const text = withNames(await readFile(join(template, file), 'utf8'), names);
  const adapt = clone === undefined ? undefined : inClone[file];
  return adapt === undefined ? text : adapt(text, clone);
}

/**
 * Writes a new package into a folder that is empty or not there; gives the paths written, relative to it. With `clone`, the root of
 * a clone of Pare, it takes Pare's packages from there.
 */
export async function createPackage(folder, names, clone) {
  const there = await readdir(folder).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw new InputError(`${folder} cannot be used: ${error.message}.`);
  });
  if (there.length > 0) {
    throw new InputError(`${folder} is not empty. Name a folder that is not there yet.`);
  }
  const entries = await readdir(template, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(template.length + 1))
    .filter((file) => !file.startsWith('node_modules') && !file.startsWith('dist'))
    .sort();
  const written = [];
  for (const file of files) {
    const target = withNames(realNames[file] ?? file, names);
    await mkdir(dirname(join(folder, target)), { recursive: true });
    await writeFile(join(folder, target), await fileText(file, names, clone));
    written.push(target);
  }
  return written;
}
