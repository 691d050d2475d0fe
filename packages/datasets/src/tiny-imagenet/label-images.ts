import { PareError } from '@pare/core';
import type { Annotation } from './read-annotations.ts';

/** What annotations are matched with. */
export interface AnnotatedFolder {
  /** Names of the images in the folder. */
  readonly images: readonly string[];
  readonly annotations: readonly Annotation[];
  /** Names of the classes in the order of their numbers. */
  readonly classes: readonly string[];
  /** Path of the annotations, for messages. */
  readonly path: string;
}

/**
 * Class number of each image, in the order of `images`. Every image needs exactly one annotation and every annotation its
 * image. Throws DATASET_LABEL_MISMATCH, which names the first that does not fit and says how many there are.
 */
export function labelImages({ images, annotations, classes, path }: AnnotatedFolder): Int32Array {
  const numbers = new Map(classes.map((wnid, number) => [wnid, number]));
  const present = new Set(images);
  const labels = new Map<string, number>();
  const twice: string[] = [];
  for (const { file, wnid } of annotations) {
    if (labels.has(file)) twice.push(file);
    labels.set(file, numbers.get(wnid) ?? unknown);
  }
  const files = annotations.map(({ file }) => file);
  const strange = annotations.filter(({ wnid }) => !numbers.has(wnid));
  refuse(path, twice, 'is labelled more than once', 'labels');
  refuse(path, strange.map(show), 'has a class that is not in wnids.txt', 'labels');
  refuse(
    path,
    files.filter((file) => !present.has(file)),
    'is labelled, but not there',
    'images',
  );
  refuse(
    path,
    images.filter((name) => !labels.has(name)),
    'has no label',
    'images',
  );
  return Int32Array.from(images, (name) => labels.get(name)!);
}

/** Never given out: such labels are refused. */
const unknown = -1;

const show = ({ file, wnid }: Annotation): string => `${file} (${wnid})`;

function refuse(path: string, wrong: readonly string[], what: string, kind: string): void {
  if (wrong.length === 0) return;
  throw new PareError(
    'DATASET_LABEL_MISMATCH',
    `${path}: ${wrong[0]} ${what}; such ${kind} in all: ${wrong.length}. Expected one label for each image; unpack the archive again.`,
  );
}
