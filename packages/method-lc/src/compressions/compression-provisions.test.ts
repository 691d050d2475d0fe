import { SeededRandom, definePlugin } from '@pare/core';
import { describePlugin } from '@pare/core/testing';
import { expect, test } from '@jest/globals';
import { oracleMatrix } from '../testing/oracle-numbers.ts';
import { roundingPlugin } from '../testing/rounding-plugin.ts';
import { compressionProvisions } from './compression-provisions.ts';
import type { Compression } from '@pare/core';

const own = definePlugin({
  name: 'own',
  core: '^1.0.0',
  provides: { compression: compressionProvisions },
});

describePlugin(own, {
  options: {
    compression: {
      'adaptive-quantization': { centroids: 4, algorithm: 'k-means' },
      'fixed-codebook': { values: [-1, 0, 1] },
      'powers-of-two': { smallest: 2 },
      'l0-constraint': { kept: 10 },
      'l1-constraint': { radius: 3 },
      'l0-penalty': { alpha: 0.1 },
      'l1-penalty': { alpha: 0.1 },
      'low-rank': { rank: 2 },
      'rank-selection': { alpha: 0.1, criterion: 'flops' },
    },
  },
});

describePlugin(roundingPlugin);

test('a compression of this package counts multiply-adds as two operations each', async () => {
  const { create } = compressionProvisions['low-rank']!;
  const lowRank: Compression = await create({ options: { rank: 2 }, deps: {} });
  const form = lowRank.compress(oracleMatrix, {
    mu: 0,
    shape: [8, 6],
    random: new SeededRandom(1),
    spatial: 1,
  });
  expect([form.bits, form.flops]).toEqual([32 * 28, 2 * 28]);
});
