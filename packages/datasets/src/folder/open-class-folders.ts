import { indexClassFolders } from './class-folder-index.ts';
import { fileSource } from './file-source.ts';
import type { Logger, Split } from '@pare/core';
import type { EncodedSource } from '../encoded/encoded-source.ts';
import type { ClassFolderIndex, ClassFolderOptions } from './class-folder-index.ts';
import type { Sources } from './image-file-dataset.ts';
import type { SplitFolders } from './split-folders.ts';

/** Sources of class folders, and the names of the classes in the order of their numbers. */
export interface ClassFolderSources {
  readonly classes: readonly string[];
  readonly sources: Sources;
}

/** Options of indexClassFolders() that all splits share. */
export type OpenOptions = Pick<ClassFolderOptions, 'allowEmptyClasses' | 'advice'> & {
  readonly log?: Logger;
};

const splits: readonly Split[] = ['train', 'validation', 'test'];

/** Indexes the class folders of each split; the first, train, says which classes there are. Throws what indexClassFolders() throws. */
export async function openClassFolders(
  folders: SplitFolders,
  { log, ...options }: OpenOptions,
): Promise<ClassFolderSources> {
  const sources: Partial<Record<Split, EncodedSource>> = {};
  let classes: readonly string[] | undefined;
  for (const split of splits) {
    const root = folders[split];
    if (root === undefined) continue;
    const index = await indexClassFolders({ ...options, root, classes });
    sources[split] = opened(root, index, log);
    classes ??= index.classes;
  }
  return { classes: classes ?? [], sources };
}

function opened(root: string, index: ClassFolderIndex, log: Logger | undefined): EncodedSource {
  const { count, example } = index.ignored;
  if (count > 0)
    log?.info(`${root}: left out ${count} of its files, no images by name, for example ${example}`);
  return fileSource(index);
}
