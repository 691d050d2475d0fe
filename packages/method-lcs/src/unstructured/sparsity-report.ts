import { layerParameters } from '../line/layers.ts';
import { keptCount } from './top-k.ts';
import type { CompressedState, Report } from '@pare/core';
import type { Parameter } from '@pare/graph';

const sizeOf = ({ shape }: Parameter) => shape.reduce((a, b) => a * b, 1);

/** Zeros at each share of the grid: the rate is over all weights, of which first and last layer keep all theirs. */
export function sparsityReport({ network }: CompressedState, grid: readonly number[]): Report {
  const { stem, classifier, blocks } = layerParameters(network);
  const sparse = blocks.map(sizeOf);
  const weights = [...sparse, ...[...stem, ...classifier].map(sizeOf)];
  const total = weights.reduce((a, b) => a + b, 0);
  const rows = grid.map((keep) => {
    const zeros = sparse.reduce((n, count) => n + count - keptCount(keep, count), 0);
    return { keep, zeros, sparsity: Number((zeros / total).toFixed(6)) };
  });
  return {
    values: { convWeights: total },
    tables: [
      {
        title: 'Sparsity by kept share',
        columns: [
          { key: 'keep', title: 'Kept in each layer' },
          { key: 'zeros', title: 'Zeros' },
          { key: 'sparsity', title: 'Zeros of all weights' },
        ],
        rows,
      },
    ],
  };
}
