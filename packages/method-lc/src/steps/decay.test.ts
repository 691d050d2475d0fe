import { expect, test } from '@jest/globals';
import { blobNetwork } from '@pare/core/testing';
import { decaysOnly } from './decay.ts';
import type { LcOptions } from '../options.ts';

/** Names of the parameters of a network with batch norm that decay. */
function decaying(decayed: LcOptions['decayed']): string[] {
  const network = blobNetwork('batch');
  const adjust = decaysOnly({ weightDecay: 0.1, decayed });
  return network.parameters
    .filter(({ trainable }) => trainable)
    .filter((one) => adjust(one, one.variable, { network, weights: new Map() }).weightDecay !== 0)
    .map(({ name }) => name);
}

test('weights and norm scales decay, or weights of layers only; biases never', () => {
  const layers = ['conv1.weight', 'fc1.weight', 'fc2.weight'];
  expect(decaying('layers')).toEqual(layers);
  expect(decaying('weights').sort()).toEqual([...layers, 'norm1.weight'].sort());
});
