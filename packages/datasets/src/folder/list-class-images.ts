import { join } from 'node:path';
import { PareError } from '@pare/core';
import { byCodePoint } from './code-point-order.ts';
import { listFolder, realPath } from './list-folder.ts';
import { PackedNames } from './packed-names.ts';

/** The images that lie directly in one folder. */
export interface FolderImages {
  readonly path: string;
  readonly names: PackedNames;
}

/** The images of one class. */
export interface ClassImages {
  /** Folders that contain images, in the order of their paths. */
  readonly folders: readonly FolderImages[];
  readonly count: number;
  /** Files that are no images. */
  readonly ignored: IgnoredFiles;
}

/** Files that an index leaves out because of their names. */
export interface IgnoredFiles {
  readonly count: number;
  /** Path of one of them. */
  readonly example?: string;
}

/** A folder on the way, with the real paths of the folders above it: a link to one of those would never end. */
interface Step {
  readonly path: string;
  readonly real: string;
  readonly above: readonly string[];
}

/**
 * All images in a folder and the folders below it, folders sorted by path, files in each by name, as torchvision's
 * ImageFolder sorts them. Throws DATASET_LINK_CYCLE and what listFolder() throws.
 */
export async function listClassImages(path: string): Promise<ClassImages> {
  const folders: FolderImages[] = [];
  let ignored: IgnoredFiles = { count: 0 };
  const open: Step[] = [{ path, real: await realPath(path), above: [] }];
  for (let step = open.pop(); step; step = open.pop()) {
    const listing = await listFolder(step.path);
    if (listing.images.length > 0)
      folders.push({ path: step.path, names: new PackedNames(listing.images) });
    ignored = addIgnored(ignored, ignoredIn(step.path, listing.others));
    for (const folder of listing.folders) open.push(await below(step, folder.name, folder.linked));
  }
  folders.sort((a, b) => byCodePoint(a.path, b.path));
  return { folders, count: folders.reduce((sum, { names }) => sum + names.count, 0), ignored };
}

/** Both together; the example is that of the first. */
export function addIgnored(a: IgnoredFiles, b: IgnoredFiles): IgnoredFiles {
  if (a.count === 0 || b.count === 0) return a.count === 0 ? b : a;
  return { ...a, count: a.count + b.count };
}

/** Files of one folder that are left out. */
export const ignoredIn = (path: string, names: readonly string[]): IgnoredFiles =>
  names.length === 0 ? { count: 0 } : { count: names.length, example: join(path, names[0]!) };

async function below(step: Step, name: string, linked: boolean): Promise<Step> {
  const path = join(step.path, name);
  const above = [...step.above, step.real];
  const real = linked ? await realPath(path) : join(step.real, name);
  if (!above.includes(real)) return { path, real, above };
  throw new PareError(
    'DATASET_LINK_CYCLE',
    `${path}: is a symbolic link to ${real}, a folder that it lies in; following it would never end. Delete the link.`,
  );
}
