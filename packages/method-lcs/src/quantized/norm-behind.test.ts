import { describe, expect, test } from '@jest/globals';
import { NetworkBuilder, add, mean, relu } from '@pare/graph';
import { sharedNorm } from '../testing/shared-norm.ts';
import { quantizedLayers } from './quantized-layers.ts';
import type { Network, Value } from '@pare/graph';

/** The norm of each quantized layer, and the bias between. */
const norms = (network: Network) =>
  quantizedLayers(network).map(({ weight, norm, batchNorm }) => [
    weight.layer,
    norm,
    batchNorm?.bias?.name,
  ]);

/** A convolution "conv" between the first and the last layer, and what follows it. */
function network(behind: (builder: NetworkBuilder, y: Value, x: Value) => Value, bias = false) {
  const builder = new NetworkBuilder();
  const conv = { filters: 4, kernel: 3, padding: 1 };
  const x = builder.input([4, 4, 3]);
  const stem = builder.conv2d('stem', x, conv);
  const y = behind(builder, builder.conv2d('conv', stem, { ...conv, bias }), stem);
  return builder.build('small', x, builder.dense('fc', mean(y, [1, 2]), { units: 2 }));
}

describe('the norm of a quantized layer', () => {
  test('is the one that reads it, over its bias where it has one', () => {
    const followed = (builder: NetworkBuilder, y: Value) => relu(builder.batchNorm('bn', y));
    expect(norms(network(followed))).toEqual([['conv', 'bn', undefined]]);
    expect(norms(network(followed, true))).toEqual([['conv', 'bn', 'conv.bias']]);
  });

  test.each<[string, (builder: NetworkBuilder, y: Value, x: Value) => Value]>([
    ['something else comes first', (builder, y) => builder.batchNorm('bn', relu(y))],
    ['the layer is added to others first', (builder, y, x) => builder.batchNorm('bn', add(y, x))],
    ['others read the layer, too', (builder, y) => add(builder.batchNorm('bn', y), y)],
  ])('is none where %s', (_what, behind) => {
    expect(norms(network(behind))).toEqual([['conv', undefined, undefined]]);
  });

  test.each(['all', 'statistics'] as const)('is none where others share %s of it', (shared) => {
    expect(norms(sharedNorm(shared))).toEqual([
      ['conv2', undefined, undefined],
      ['conv3', undefined, undefined],
    ]);
  });
});
