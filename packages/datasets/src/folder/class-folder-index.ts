import { join } from 'node:path';
import { PareError } from '@pare/core';
import { imageExtensions } from './image-name.ts';
import { addIgnored, ignoredIn, listClassImages } from './list-class-images.ts';
import { listFolder } from './list-folder.ts';
import { mapSideBySide } from './map-side-by-side.ts';
import type { LabeledFiles } from './file-source.ts';
import type { ClassImages, FolderImages, IgnoredFiles } from './list-class-images.ts';

/** How class folders are indexed. */
export interface ClassFolderOptions {
  /** Folder that contains a folder for each class. */
  readonly root: string;
  /** Names of the classes in the order of their numbers, where another split gave them; default: the folders, sorted. */
  readonly classes?: readonly string[];
  /** Takes a class without images, or, with `classes`, without a folder; default false: an error. */
  readonly allowEmptyClasses?: boolean;
  /** What to do about the error in question: ends its message. */
  readonly advice?: ClassFolderAdvice;
}

/** What a person does about an error in class folders. */
export interface ClassFolderAdvice {
  /** The root is not there. */
  readonly missing?: string;
  /** Images lie in the root itself. */
  readonly flat?: string;
  /** A class has no images. */
  readonly empty?: string;
}

/** Every image in class folders, sorted by class, folder and name. About 25 bytes an image. */
export interface ClassFolderIndex extends LabeledFiles {
  /** Names of the class folders; the place is the class number. */
  readonly classes: readonly string[];
  /** Files that are not taken for images because of their names. */
  readonly ignored: IgnoredFiles;
}

/**
 * Indexes `<root>/<class>/**`: the class number is the place of the folder's name in the order of code points, as in
 * torchvision. Symbolic links are followed; hidden files and folders are left out.
 * Throws DATASET_NO_CLASSES, DATASET_UNKNOWN_CLASS, DATASET_EMPTY_CLASS, and what listFolder() throws.
 */
export async function indexClassFolders(options: ClassFolderOptions): Promise<ClassFolderIndex> {
  const { root, allowEmptyClasses = false, advice = {} } = options;
  const { folders, images, others } = await listFolder(root, advice.missing);
  const found = folders.map(({ name }) => name);
  const classes = options.classes ?? found;
  if (found.length === 0) throw noClasses(root, images.length, advice.flat);
  checkNames(root, found, classes);
  const present = new Set(found);
  const listed = await mapSideBySide(classes, (name) =>
    present.has(name) ? listClassImages(join(root, name)) : missing,
  );
  if (!allowEmptyClasses) checkNotEmpty(root, classes, listed, advice.empty);
  const stray = ignoredIn(root, [...images, ...others]);
  return {
    ...flatten(listed),
    classes,
    ignored: listed.reduce((sum, { ignored }) => addIgnored(sum, ignored), stray),
  };
}

const missing: ClassImages = { folders: [], count: 0, ignored: { count: 0 } };

function noClasses(
  root: string,
  images: number,
  advice = 'Move the images into class folders.',
): PareError {
  const found =
    images > 0
      ? `${images} images lie in it directly, and none say their class`
      : 'it has no folders';
  return new PareError(
    'DATASET_NO_CLASSES',
    `${root}: expected a folder for each class with its images; ${found}. ${advice}`,
  );
}

/** Folders of classes that the training images do not have would silently be left out otherwise. */
function checkNames(root: string, found: readonly string[], classes: readonly string[]): void {
  const known = new Set(classes);
  const unknown = found.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new PareError(
    'DATASET_UNKNOWN_CLASS',
    `${root}: the folder "${unknown[0]}" is none of the ${classes.length} classes (${quoteFew(classes)}); ${unknown.length} such folders in all. Use the same class folders for training and evaluation.`,
  );
}

function checkNotEmpty(
  root: string,
  classes: readonly string[],
  listed: readonly ClassImages[],
  advice = 'Add images, or set "allowEmptyClasses".',
): void {
  const empty = classes.filter((_, label) => listed[label]!.count === 0);
  if (empty.length === 0) return;
  const path = join(root, empty[0]!);
  const first = listed[classes.indexOf(empty[0]!)]!;
  throw new PareError(
    'DATASET_EMPTY_CLASS',
    `${path}: the class has no images (${imageExtensions.join(', ')}); ${whatInstead(first)}. ${empty.length} of ${classes.length} classes have none. ${advice}`,
  );
}

function whatInstead(images: ClassImages): string {
  if (images === missing) return 'there is no such folder';
  const { count, example } = images.ignored;
  return count === 0 ? 'the folder is empty' : `other files: ${count}, for example ${example}`;
}

const quoteFew = (names: readonly string[]): string =>
  names
    .slice(0, 3)
    .map((name) => `"${name}"`)
    .join(', ') + (names.length > 3 ? ', ...' : '');

/** One list of all classes' folders; an image is found by the number of its folder's first image. */
function flatten(listed: readonly ClassImages[]): LabeledFiles {
  const folders: FolderImages[] = listed.flatMap((images) => images.folders);
  const labels = Int32Array.from(listed.flatMap(({ folders }, label) => folders.map(() => label)));
  let count = 0;
  const starts = Float64Array.from(folders, ({ names }) => {
    count += names.count;
    return count - names.count;
  });
  const folderOf = (index: number): number => lastAtMost(starts, index);
  return {
    count,
    pathOf(index) {
      const folder = folderOf(index);
      const { path, names } = folders[folder]!;
      return join(path, names.at(index - starts[folder]!));
    },
    labelOf: (index) => labels[folderOf(index)]!,
  };
}

/** Place of the last number that is at most `value`, in numbers that ascend from 0. */
function lastAtMost(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ascending[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
