import { expect, test } from '@jest/globals';
import { NetworkBuilder } from '@pare/graph';
import { createVgg } from '@pare/models';
import { lcsMethod } from '../lcs-method.ts';
import { lcsOptions } from '../options.ts';
import { nameFilled, uniformFill } from '../testing/name-fill.ts';
import { logitsOf } from '../testing/run-network.ts';
import { normPlaces } from './norm-places.ts';
import type { CompressedState } from '@pare/core';

// The authors' code fails on VGG-19. The numbers come from the same pruning, written anew in PyTorch (float32): weights by name,
// scales of all norms from one stream, 10 classes.

const network = createVgg({ depth: 19, preset: 'lcs' }, 'vgg-19').build(new NetworkBuilder(), {
  imageShape: [32, 32, 3],
  classes: 10,
});

function filled(): CompressedState {
  const weights = nameFilled(network.parameters);
  const values = uniformFill(11, 5504);
  let at = 0;
  for (const { vectors } of normPlaces(network)) {
    const { name, shape } = vectors[0];
    weights.set(name, { dtype: 'float32', shape, data: values.slice(at, (at += shape[0]!)) });
  }
  return { network, weights };
}

test('VGG-19 is slimmed: parameters, channels and logits', async () => {
  const state = filled();
  const options = { variant: 'lec', grid: [1, 0.9, 0.75, 0.5, 0.25, 0.1] } as const;
  const method = lcsMethod(lcsOptions.parse(options));
  const [sizes, channels] = method.report(state).tables;
  expect(sizes!.rows.map(({ parameters }) => parameters)).toEqual([
    20_030_398, 16_219_202, 11_315_350, 5_060_832, 1_262_611, 203_485,
  ]);
  expect(sizes!.rows.map((row) => row.channels)).toEqual([5503, 4953, 4127, 2751, 1375, 550]);
  expect(sizes!.rows[4]).toMatchObject({ threshold: 0.756487, sparsity: 0.93698 });
  expect(channels!.rows.map((row) => row['keep 0.5']).join(',')).toBe(
    '23,25,66,69,120,136,130,146,249,221,265,267,255,276,257,246',
  );
  expect(new Set(channels!.rows.map(({ pruned }) => pruned))).toEqual(new Set(['removed']));

  const point = { name: '', settings: { keep: 0.25 } };
  const running = await logitsOf(method.at!(state, point));
  [-0.02238799, -0.02723594, -0.02817496].forEach((v, i) => expect(running[i]).toBeCloseTo(v, 5));
  const reference = lcsMethod(lcsOptions.parse({ ...options, preset: 'reference' }));
  const batch = await logitsOf(reference.at!(state, point));
  [-0.2805434, -0.0810336, -0.3574732].forEach((v, i) => expect(batch[i]).toBeCloseTo(v, 4));
}, 60_000);
