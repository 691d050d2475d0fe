import { PareError } from '@pare/core';

/** One line of val_annotations.txt. */
export interface Annotation {
  readonly file: string;
  /** Name of the class. */
  readonly wnid: string;
}

/** The annotations of val_annotations.txt: file, class and box, with tabs between them. Throws DATASET_BAD_ANNOTATION. */
export function readAnnotations(text: string, path: string): Annotation[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line, i) => {
    const [file, wnid] = line.split('\t');
    if (file && wnid) return { file, wnid };
    throw new PareError(
      'DATASET_BAD_ANNOTATION',
      `${path}: line ${i + 1} must be a file name, a tab, and a class; it is ${JSON.stringify(line.slice(0, 80))}. Unpack the archive again.`,
    );
  });
}
