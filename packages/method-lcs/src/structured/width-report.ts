import { costReport } from '@pare/graph';
import { numberCount } from '../number-count.ts';
import { slimNetwork } from './network-at.ts';
import type { Report } from '@pare/core';
import type { Network } from '@pare/graph';

const convWeights = ({ parameters }: Network): number =>
  numberCount(parameters.filter(({ role }) => role === 'weight'));

/** Weights and multiply-adds at each width of the grid. Sparsity: share of the weights of convolutions and dense layers that is not used. */
export function widthReport(network: Network, grid: readonly number[]): Report {
  const total = convWeights(slimNetwork(network, 1).network);
  return {
    values: { convWeights: total },
    tables: [
      {
        title: 'Size by width',
        columns: [
          { key: 'width', title: 'Width' },
          { key: 'weights', title: 'Weights of layers' },
          { key: 'macs', title: 'Multiply-adds' },
          { key: 'sparsity', title: 'Sparsity' },
        ],
        rows: grid.map((width) => {
          const { network: slim } = slimNetwork(network, width);
          const weights = convWeights(slim);
          return {
            width: Number(width.toFixed(6)),
            weights,
            macs: costReport(slim).macs,
            sparsity: Number((1 - weights / total).toFixed(6)),
          };
        }),
      },
    ],
  };
}
