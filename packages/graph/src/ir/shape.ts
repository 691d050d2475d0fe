import { GraphError } from '../errors/graph-error.ts';
import type { Dim } from './dim.ts';

/** A shape: outermost dimension first. */
export type Shape = readonly Dim[];

/** Text form of a shape, for example `[batch, 28, 28, 1]`. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

/** Whether two shapes are equal, symbols included. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i]);
}

/** Shape of an elementwise result of two shapes by the usual broadcasting rule (trailing axes aligned). */
export function broadcastShapes(what: string, a: Shape, b: Shape): Dim[] {
  const rank = Math.max(a.length, b.length);
  const result: Dim[] = [];
  for (let i = 0; i < rank; i++) {
    const x = a[a.length - rank + i] ?? 1;
    const y = b[b.length - rank + i] ?? 1;
    if (x !== y && x !== 1 && y !== 1) {
      throw new GraphError(
        'SHAPE_MISMATCH',
        `${what}: shapes ${formatShape(a)} and ${formatShape(b)} do not broadcast (axis ${i}: ${x} against ${y}).`,
      );
    }
    result.push(x === 1 ? y : x);
  }
  return result;
}

/** Axes as sorted non-negative numbers; all axes where `axes` is undefined. */
export function normalizeAxes(
  what: string,
  rank: number,
  axes?: number | readonly number[],
): number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, i) => i);
  const list = typeof axes === 'number' ? [axes] : axes;
  const result = list.map((axis) => {
    const positive = axis < 0 ? axis + rank : axis;
    if (!Number.isInteger(axis) || positive < 0 || positive >= rank) {
      throw new GraphError(
        'BAD_AXIS',
        `${what}: axis ${axis} is outside a tensor of rank ${rank}.`,
      );
    }
    return positive;
  });
  if (new Set(result).size !== result.length) {
    throw new GraphError('BAD_AXIS', `${what}: axes ${list.join(', ')} name an axis twice.`);
  }
  return result.sort((a, b) => a - b);
}

/** A dimension that must be a plain number (spatial sizes, kernels). */
export function numericDim(what: string, dim: Dim | undefined): number {
  if (typeof dim === 'number') return dim;
  throw new GraphError('SYMBOLIC_DIM', `${what} must be a number; received ${dim}.`);
}
