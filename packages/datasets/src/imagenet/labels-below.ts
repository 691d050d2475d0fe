import { PareError } from '@pare/core';
import type { EncodedSource } from '../encoded/encoded-source.ts';

/** The same images; read() throws DATASET_CLASS_COUNT for a label that is none of the class numbers. */
export const withLabelsBelow = (classes: number, source: EncodedSource): EncodedSource => ({
  count: source.count,
  nameOf: (index) => source.nameOf(index),
  read: async (index) => {
    const image = await source.read(index);
    if (image.label < classes) return image;
    throw new PareError(
      'DATASET_CLASS_COUNT',
      `${source.nameOf(index)}: with "classes": ${classes} labels must be from 0 to ${classes - 1}; received ${image.label}. Set "classes" to the number of classes that the file was written with.`,
    );
  },
  close: source.close && (() => source.close!()),
});
