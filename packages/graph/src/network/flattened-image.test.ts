import { expect, test } from '@jest/globals';
import { clip } from '../composites/clip.ts';
import { add } from '../ops/add.ts';
import { dropout } from '../ops/dropout.ts';
import { flatten } from '../ops/flatten.ts';
import { input } from '../ops/input.ts';
import { mul } from '../ops/mul.ts';
import { pad } from '../ops/pad.ts';
import { relu } from '../ops/relu.ts';
import { reshape } from '../ops/reshape.ts';
import { softmax } from '../ops/softmax.ts';
import { tanh } from '../ops/tanh.ts';
import { flattenedImage } from './flattened-image.ts';
import { NetworkBuilder } from './network-builder.ts';
import type { Value } from '../ir/value.ts';

const image = input('x', ['batch', 3, 2, 4]);
const flat = flatten(image);

test.each<[string, Value]>([
  ['nothing', flat],
  ['dropout', dropout(flat, 0.5)],
  ['activations', tanh(relu(flat))],
  ['activation and dropout', dropout(relu(flat), 0.5)],
  ['arithmetic with numbers', clip(mul(2, add(flat, 1)), 0, 6)],
])('the image is known behind %s', (_, x) => {
  expect(flattenedImage(x)).toEqual([3, 2, 4]);
});

const other = input('other', ['batch', 24]);

test.each<[string, Value]>([
  ['an input', other],
  ['a sum with other features', add(flat, other)],
  ['more features', pad(flat, [[0, 0], [0, 1]])], // prettier-ignore
  ['a reshaped image', reshape(image, ['batch', 24])],
  ['an op that is not elementwise', softmax(flat)],
  ['a flattened sequence', flatten(input('sequence', ['batch', 6, 4]))],
  ['an activation of an input', relu(other)],
])('there is none behind %s', (_, x) => {
  expect(flattenedImage(x)).toBeUndefined();
});

test('a dense layer behind dropout remembers the image, the next one reads none', () => {
  const builder = new NetworkBuilder();
  const x = builder.input([2, 2, 3]);
  const hidden = builder.dense('fc1', dropout(relu(flatten(x)), 0.5), { units: 12 });
  const network = builder.build('net', x, builder.dense('fc2', relu(hidden), { units: 2 }));
  const weights = network.parameters.filter(({ role }) => role === 'weight');
  expect(weights.map(({ flattened }) => flattened)).toEqual([[2, 2, 3], undefined]);
});
