import { describe, expect, jest, test } from '@jest/globals';
import { NetworkBuilder } from '@pare/graph';
import { createCpreresnet20 } from '@pare/models';
import { lcsMethod } from '../lcs-method.ts';
import { lcsOptions } from '../options.ts';
import { nameFilled, uniformFill } from '../testing/name-fill.ts';
import { logitsOf } from '../testing/run-network.ts';
import { maskNorms, pruneAt } from './prune-at.ts';
import type { CompressedState } from '@pare/core';

// Expected numbers come from the authors' code with the same fill and images.

// A busy machine takes its time for whole networks.
jest.setTimeout(60_000);

const network = createCpreresnet20().build(new NetworkBuilder(), {
  imageShape: [32, 32, 3],
  classes: 10,
});

/** Weights by name, and the scales of all norms from one stream of numbers. */
function filled(): CompressedState {
  const weights = nameFilled(network.parameters);
  const scales = network.parameters.filter(({ role }) => role === 'norm-scale');
  const values = uniformFill(11, 1360);
  let at = 0;
  for (const { name, shape } of scales) {
    weights.set(name, { dtype: 'float32', shape, data: values.slice(at, (at += shape[0]!)) });
  }
  return { network, weights };
}

const state = filled();
const methodFor = (preset: 'default' | 'reference') =>
  lcsMethod(lcsOptions.parse({ variant: 'lec', preset }));
const at = (keep: number, preset: 'default' | 'reference' = 'default') =>
  methodFor(preset).at!(state, { name: '', settings: { keep } });

describe('network slimming of cPreResNet20 with the authors’ fill', () => {
  const report = methodFor('default').report(state);
  const rows = report.tables[0]!.rows;
  const row = (keep: number) => rows.find((r) => r.keep === keep);

  test.each([
    [1, 220_320],
    [0.95, 205_767],
    [0.9, 191_054],
    [0.75, 152_404],
    [0.5, 103_256],
    [0.25, 65_362],
  ])('keeps at %s: %i parameters', (keep, parameters) => {
    expect(row(keep)).toMatchObject({ parameters, fallback: 'false' });
  });

  test.each([0.05, 0.1])('falls back to masks at %s', (keep) => {
    expect(row(keep)).toMatchObject({ parameters: 220_384, sparsity: 0, fallback: 'true' });
  });

  test.each([
    [0.5, 0.5100871, 679, 0.531472, '4,6,9,23,6,8,32,20,14,61,17,15,65,26,30,132,34,41,136'],
    [0.25, 0.7614187, 339, 0.703418, '1,1,3,14,4,3,16,12,6,35,9,7,31,12,15,60,22,18,70'],
  ])('at %s: threshold, channels of each norm', (keep, threshold, channels, sparsity, cfg) => {
    const { kept, ...pruned } = pruneAt(state, keep);
    expect(pruned.threshold).toBeCloseTo(threshold, 6);
    expect([...kept.values()].map(({ length }) => length).join(',')).toBe(cfg);
    expect(row(keep)).toMatchObject({ channels, sparsity });
  });

  test('logits with running statistics, and with those of the batch', async () => {
    const running = await logitsOf(at(0.5));
    [0.689531, 0.255866, 1.44109].forEach((v, i) => expect(running[i]).toBeCloseTo(v, 4));
    const batch = await logitsOf(at(0.5, 'reference'));
    [0.211449, 0.0446169, 0.490826].forEach((v, i) => expect(batch[i]).toBeCloseTo(v, 4));
  });

  test('the slim network gives what the masked one gives', async () => {
    const slim = await logitsOf(at(0.5));
    const masked = await logitsOf(maskNorms(state, pruneAt(state, 0.5).kept));
    slim.forEach((value, i) => expect(value).toBeCloseTo(masked[i]!, 5));
  });
});
