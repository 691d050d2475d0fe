import type { Dim } from '../ir/dim.ts';
import type { Shape } from '../ir/shape.ts';
import type { Attributes } from '../ir/value.ts';

/** Options of reductions. */
export interface ReduceOptions {
  /** Keep reduced axes with size 1; default false. */
  readonly keepDims?: boolean;
}

/** Shape after a reduction with attributes `axes` and `keepDims`. */
export function reduceShape(shape: Shape, attributes: Attributes): Dim[] {
  const axes = attributes.axes as readonly number[];
  if (attributes.keepDims) return keptShape(shape, attributes);
  return shape.filter((_, axis) => !axes.includes(axis));
}

/** Shape after a reduction that keeps the reduced axes as 1. */
export function keptShape(shape: Shape, attributes: Attributes): Dim[] {
  const axes = attributes.axes as readonly number[];
  return shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
}
