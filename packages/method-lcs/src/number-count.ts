import type { Parameter } from '@pare/graph';

/** How many numbers tensors with these shapes have together. */
export const numberCount = (tensors: readonly Pick<Parameter, 'shape'>[]): number =>
  tensors.reduce((n, { shape }) => n + shape.reduce((a, b) => a * b, 1), 0);
