import { describe, expect, test } from '@jest/globals';
import { createCpreresnet20 } from '@pare/models';
import { addParameters, NetworkBuilder } from '@pare/graph';
import { lcsMethod } from '../lcs-method.ts';
import { lcsOptions } from '../options.ts';
import { lcsSettings } from '../settings.ts';
import { nameFilled } from '../testing/name-fill.ts';
import { logitsOf, lossOf } from '../testing/run-network.ts';
import { unstructuredRegime } from './unstructured-regime.ts';
import type { CompressedState } from '@pare/core';

// Expected numbers come from the authors' code with the same fill and images.

const task = { imageShape: [32, 32, 3], classes: 10 } as const;

function stateOf(norm: 'batch' | 'group', line: boolean): CompressedState {
  const plain = createCpreresnet20({ norm }).build(new NetworkBuilder(), task);
  const options = lcsOptions.parse({ setting: 'unstructured' });
  const regime = unstructuredRegime(lcsSettings(options, plain.name));
  const network = line ? addParameters(plain, regime.added(plain)) : plain;
  return { network, weights: nameFilled(network.parameters) };
}

async function at(variant: 'lcs-l' | 'target-topk', norm: 'batch' | 'group', keep: number) {
  const method = lcsMethod(lcsOptions.parse({ setting: 'unstructured', variant }));
  const state = method.at!(stateOf(norm, variant === 'lcs-l'), { name: '', settings: { keep } });
  const logits = await logitsOf(state);
  return { first: logits.slice(0, 5), loss: lossOf(logits) };
}

describe('networks with the authors’ fill', () => {
  test.each([
    [1, [-7.99227, -8.50264, 2.47568, 16.8073, -13.6774], 8.787424],
    [0.5, [-2.69378, -0.537411, 1.27014, 4.49879], 2.455746],
    [0.1, [], 2.202872],
  ])('target-topk with batch norm keeps %s', async (keep, logits, loss) => {
    const result = await at('target-topk', 'batch', keep);
    logits.forEach((value, i) => expect(result.first[i]).toBeCloseTo(value, 3));
    expect(result.loss).toBeCloseTo(loss, 3);
  });

  test.each([
    [0.025, [-1.08844, 0.117046, -0.451025], 2.147158],
    [0.5, [-0.3005, -0.661252, 0.803805], 2.004045],
    [1, [0.701658, -0.350996, 0.499743], 2.331288],
  ])('the line with group norm keeps %s', async (keep, logits, loss) => {
    const result = await at('lcs-l', 'group', keep);
    logits.forEach((value, i) => expect(result.first[i]).toBeCloseTo(value, 3));
    expect(result.loss).toBeCloseTo(loss, 3);
  });
});
