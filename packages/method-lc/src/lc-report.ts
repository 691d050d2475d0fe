import type { CompressedState, Report } from '@pare/core';

/** What the weights of each layer are made of: how many there are, how many are not zero, how many different ones. */
export function lcReport({ network, weights }: CompressedState): Report {
  const rows = network.parameters
    .filter(({ role }) => role === 'weight')
    .map(({ name, layer }) => {
      const { data } = weights.get(name)!;
      let nonzero = 0;
      for (let i = 0; i < data.length; i++) if (data[i] !== 0) nonzero++;
      const values = new Set<number>(data).size;
      return { layer, parameter: name, weights: data.length, nonzero, values };
    });
  const total = (key: 'weights' | 'nonzero') => rows.reduce((sum, row) => sum + row[key], 0);
  return {
    values: { kernelWeights: total('weights'), kernelNonzero: total('nonzero') },
    tables: [
      {
        title: 'Weights',
        columns: [
          { key: 'layer', title: 'layer' },
          { key: 'parameter', title: 'parameter' },
          { key: 'weights', title: 'weights' },
          { key: 'nonzero', title: 'not 0' },
          { key: 'values', title: 'different values' },
        ],
        rows,
      },
    ],
  };
}
