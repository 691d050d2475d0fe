import { describe, expect, test } from '@jest/globals';
import { sumToShape } from '../composites/sum-to-shape.ts';
import { GraphError } from '../errors/graph-error.ts';
import { adamUpdate } from './adam-update.ts';
import { avgPool } from './avg-pool.ts';
import { batchNorm } from './batch-norm.ts';
import { constant } from './constant.ts';
import { conv2d } from './conv2d.ts';
import { depthwiseConv2d } from './depthwise-conv2d.ts';
import { dropout } from './dropout.ts';
import { groupNorm } from './group-norm.ts';
import { input } from './input.ts';
import { kthLargest } from './kth-largest.ts';
import { matMul } from './mat-mul.ts';
import { maxPool } from './max-pool.ts';
import { momentumUpdate } from './momentum-update.ts';
import { randomUniform } from './random-uniform.ts';
import { replaceGradient } from './replace-gradient.ts';
import { softmaxCrossEntropy } from './softmax-cross-entropy.ts';
import { softmax } from './softmax.ts';
import { topK } from './top-k.ts';
import { variable } from './variable.ts';
import type { DType, Value } from '../ir/value.ts';
import type { Shape } from '../ir/shape.ts';

const v = (shape: Shape, dtype: DType = 'float32'): Value => input('v', shape, dtype);
const image = v(['batch', 6, 5, 4]);
const norm = (channels: number) =>
  [4, 4, channels, 4].map((n) => variable('n', [n])) as [Value, Value, Value, Value];
const sgd = { momentum: 0.9, nesterov: false };
const betas = { beta1: 0.9, beta2: 0.999 };

describe('a shape rule of a layer op says what it needs and what it got', () => {
  test.each<[string, () => unknown, string]>([
    ['matMul', () => matMul(v([2, 3]), v([4, 5])), 'matMul: [2, 3] does not multiply [4, 5].'],
    [
      'matMul transposed',
      () => matMul(v([2, 3]), v([3, 5]), { transposeA: true }),
      'matMul: [2, 3] transposed does not multiply [3, 5].',
    ],
    [
      'matMul of batches',
      () => matMul(v([2, 1, 3]), v([4, 3, 5])),
      'matMul: [2, 1, 3] does not multiply [4, 3, 5].',
    ],
    [
      'conv2d: channels',
      () => conv2d(image, v([3, 3, 3, 8])),
      'conv2d: image [batch, 6, 5, 4] and filter [3, 3, 3, 8] with 1 group(s): the filter needs 4 / 1 channels in.',
    ],
    [
      'conv2d: groups',
      () => conv2d(image, v([3, 3, 2, 7]), { groups: 2 }),
      'and filter [3, 3, 2, 7] with 2 group(s)',
    ],
    [
      'conv2d: rank',
      () => conv2d(v([6, 5, 4]), v([3, 3, 4, 8])),
      'conv2d: image (NHWC) must have rank 4; received shape [6, 5, 4].',
    ],
    [
      'conv2d: too large',
      () => conv2d(image, v([3, 3, 4, 8]), { dilations: 3 }),
      'conv2d: a window of 3x3 (with dilation 7) does not fit an image of 6 pixels, padding included.',
    ],
    [
      'conv2d: strides',
      () => conv2d(image, v([3, 3, 4, 8]), { strides: 0 }),
      'conv2d: strides and dilations must be whole numbers from 1; received 0x0 and 1x1.',
    ],
    [
      'conv2d: padding',
      () => conv2d(image, v([3, 3, 4, 8]), { padding: -1 }),
      "conv2d: padding must be 'same', 'valid', a whole number from 0 or four of them; received -1.",
    ],
    [
      'conv2d: symbolic image',
      () => conv2d(v(['batch', 'h', 5, 4]), v([3, 3, 4, 8])),
      'conv2d: image size must be a number; received h.',
    ],
    [
      'depthwiseConv2d',
      () => depthwiseConv2d(image, v([3, 3, 2, 1])),
      'depthwiseConv2d: image [batch, 6, 5, 4] has 4 channels, filter [3, 3, 2, 1] has 2.',
    ],
    [
      'maxPool',
      () => maxPool(image, { size: 7 }),
      'maxPool: a window of 7x7 (with dilation 7) does not fit an image of 6 pixels, padding included.',
    ],
    [
      'avgPool',
      () => avgPool(v([2, 2]), { size: 2 }),
      'avgPool: image (NHWC) must have rank 4; received shape [2, 2].',
    ],
    [
      'batchNorm',
      () => batchNorm(image, ...norm(3)),
      'batchNorm: running mean must have shape [4]; received [3].',
    ],
    [
      'groupNorm',
      () => groupNorm(image, norm(4)[0], norm(4)[1], { groups: 3 }),
      'groupNorm: groups must divide the 4 channels; received 3.',
    ],
    [
      'dropout',
      () => dropout(v([2]), 1),
      'dropout: the rate must be from 0 up to, not including, 1; received 1.',
    ],
    ['softmax', () => softmax(v([2], 'int32')), 'softmax: x must be float32; received int32 [2].'],
    [
      'softmaxCrossEntropy',
      () => softmaxCrossEntropy(v(['batch', 3]), v([5], 'int32')),
      'softmaxCrossEntropy: logits [batch, 3] need labels [batch]; received [5].',
    ],
    [
      'topK: too many',
      () => topK(v([2, 3]), 4),
      'topK: k must be from 1 to the size of the last axis; received k = 4 and x [2, 3].',
    ],
    ['topK: none', () => topK(v([2, 3]), 0), 'received k = 0 and x [2, 3].'],
    ['topK of a scalar', () => topK(v([]), 1), 'received k = 1 and x [].'],
    [
      'kthLargest',
      () => kthLargest(v([2, 3]), v([], 'int32')),
      'kthLargest: x must have rank 1; received shape [2, 3].',
    ],
    [
      'kthLargest: k',
      () => kthLargest(v([2]), v([])),
      'kthLargest: k must be int32; received float32 [].',
    ],
    [
      'randomUniform',
      () => randomUniform([2], v([3], 'int32')),
      'randomUniform: the seed must have shape [2].',
    ],
    [
      'replaceGradient',
      () => replaceGradient(v([2]), v([3])),
      'replaceGradient: value [2] and surrogate [3] must have one shape.',
    ],
    [
      'momentumUpdate',
      () => momentumUpdate(v([2]), v([2]), v([3]), v([]), sgd),
      "momentumUpdate: gradient must have the weight's shape [2]; received [3].",
    ],
    [
      'momentumUpdate: rate',
      () => momentumUpdate(v([2]), v([2]), v([2]), v([1]), sgd),
      'momentumUpdate: learningRate must have rank 0; received shape [1].',
    ],
    [
      'adamUpdate',
      () =>
        adamUpdate({ weight: v([2]), first: v([2]), second: v([1]) }, v([2]), v([]), v([]), betas),
      "adamUpdate: second must have the weight's shape [2]; received [1].",
    ],
    [
      'constant',
      () => constant([1, 2, 3], [2]),
      'constant: shape [2] needs 2 elements; received 3.',
    ],
    [
      'variable',
      () => variable('w', [2, -1]),
      'variable "w": the shape must be numeric; received [2, -1].',
    ],
    [
      'sumToShape',
      () => sumToShape(v([2, 3]), [2]),
      'sumToShape: [2, 3] was not broadcast from [2].',
    ],
  ])('%s', (_, build, message) => {
    expect(build).toThrow(GraphError);
    expect(build).toThrow(message);
  });
});
