import { layerParameters } from '../line/layers.ts';
import { numberCount } from '../number-count.ts';
import { keptCount } from './top-k.ts';
import type { CompressedState, Report } from '@pare/core';

/** Zeros at each share of the grid: the rate is over all weights, of which first and last layer keep all theirs. */
export function sparsityReport({ network }: CompressedState, grid: readonly number[]): Report {
  const { stem, classifier, blocks } = layerParameters(network);
  const sparse = blocks.map((weight) => numberCount([weight]));
  const total = numberCount([...stem, ...blocks, ...classifier]);
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
