import { PareError } from '@pare/core';
import { countWeights } from './expand-weights.ts';
import type { CompressedWeights, SparseWeights } from '../compressions/compressed-weights.ts';

/**
 * Θ of each tensor of a group that was compressed as one vector; `sizes` are the numbers of weights, in order. Throws
 * `STATE_MISMATCH` where Θ is of another size, or where it is a product and there are several tensors.
 */
export function splitTheta(
  theta: CompressedWeights,
  sizes: readonly number[],
): CompressedWeights[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (countWeights(theta) !== total) {
    throw new PareError(
      'STATE_MISMATCH',
      `The compressed weights are ${countWeights(theta)} numbers; expected ${total}. They belong to another layer or network.`,
    );
  }
  if (sizes.length === 1) return [theta];
  let at = 0;
  return sizes.map((size) => {
    const from = at;
    at += size;
    return partOf(theta, from, at);
  });
}

function partOf(theta: CompressedWeights, from: number, to: number): CompressedWeights {
  switch (theta.kind) {
    case 'codebook':
      return { ...theta, indices: theta.indices.slice(from, to) };
    case 'sparse':
      return sparsePart(theta, from, to);
    case 'plugin':
      return {
        ...theta,
        values: theta.values.slice(from, to),
        bits: (theta.bits * (to - from)) / theta.values.length,
      };
    case 'sum':
      return { kind: 'sum', parts: theta.parts.map((part) => partOf(part, from, to)) };
    case 'factors':
      throw new PareError(
        'STATE_MISMATCH',
        `A product of matrices, [${theta.matrix.join(', ')}] of rank ${theta.rank}, stands for one layer; received several. Give each layer an entry of its own.`,
      );
  }
}

function sparsePart(theta: SparseWeights, from: number, to: number): SparseWeights {
  const [first, end] = [from, to].map((limit) => countBelow(theta.indices, limit)) as [
    number,
    number,
  ];
  return {
    ...theta,
    length: to - from,
    indices: theta.indices.slice(first, end).map((index) => index - from),
    values: theta.values.slice(first, end),
  };
}

/** How many of the ascending indices are below a limit. */
function countBelow(indices: Uint32Array, limit: number): number {
  let [low, high] = [0, indices.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (indices[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
