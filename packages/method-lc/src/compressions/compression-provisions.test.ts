import { SeededRandom } from '@pare/core';
import { describePlugin } from '@pare/core/testing';
import { expect, test } from '@jest/globals';
import { oracleMatrix } from '../testing/oracle-numbers.ts';
import { roundingPlugin } from '../testing/rounding-plugin.ts';
import { compressionProvisions } from './compression-provisions.ts';
import type { Compression } from '@pare/core';

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
