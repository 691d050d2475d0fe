import type { Value } from '@pare/graph';

/** Where a block stands in a residual network. */
export interface BlockPlace {
  /** From 0. */
  readonly stage: number;
  /** Number of the block in its stage, from 0. */
  readonly index: number;
  /** 2 for the first block of every stage but the first, else 1. */
  readonly stride: 1 | 2;
}

/** `counts[s]` blocks for each stage s in turn. */
export function stages(
  x: Value,
  counts: readonly number[],
  block: (x: Value, place: BlockPlace) => Value,
): Value {
  const places = counts.flatMap((count, stage) =>
    Array.from({ length: count }, (_, index): BlockPlace => {
      return { stage, index, stride: index === 0 && stage > 0 ? 2 : 1 };
    }),
  );
  return places.reduce(block, x);
}
