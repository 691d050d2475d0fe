import { describe, expect, test } from '@jest/globals';
import { applyOp } from '../ir/apply-op.ts';
import { adamUpdate } from '../ops/adam-update.ts';
import { argMax } from '../ops/arg-max.ts';
import { avgPool } from '../ops/avg-pool.ts';
import { batchNormTrainingOp } from '../ops/batch-norm.ts';
import { cast } from '../ops/cast.ts';
import { constant, scalar } from '../ops/constant.ts';
import { conv2d } from '../ops/conv2d.ts';
import { depthwiseConv2d } from '../ops/depthwise-conv2d.ts';
import { gather } from '../ops/gather.ts';
import { dimensionInput, input } from '../ops/input.ts';
import { kthLargest } from '../ops/kth-largest.ts';
import { matMul } from '../ops/mat-mul.ts';
import { maxPool } from '../ops/max-pool.ts';
import { max } from '../ops/max.ts';
import { momentumUpdate } from '../ops/momentum-update.ts';
import { mul } from '../ops/mul.ts';
import { round } from '../ops/round.ts';
import { segmentSum } from '../ops/segment-sum.ts';
import { slice } from '../ops/slice.ts';
import { softmaxCrossEntropy } from '../ops/softmax-cross-entropy.ts';
import { softplus } from '../ops/softplus.ts';
import { topK } from '../ops/top-k.ts';
import { transpose } from '../ops/transpose.ts';
import { variable } from '../ops/variable.ts';
import { program } from '../program/program.ts';
import { evaluate } from './evaluate.ts';
import type { Value } from '../ir/value.ts';

const valueOf = (y: Value): number[] =>
  Array.from(evaluate(program({ outputs: { y } })).outputs.y!.data);
const image = (values: number[], h: number, w: number, c = 1) => constant(values, [1, h, w, c]);
const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];

describe('the reference computes by hand-checked numbers', () => {
  test('matMul', () => {
    expect(valueOf(matMul(constant([1, 2, 3, 4], [2, 2]), constant([5, 6, 7, 8], [2, 2])))).toEqual(
      [19, 22, 43, 50],
    );
    expect(
      valueOf(matMul(constant([1, 2], [2, 1]), constant([3, 4], [2, 1]), { transposeA: true })),
    ).toEqual([11]);
  });

  test('transpose: axis i of the result is axis permutation[i]', () => {
    const x = constant([1, 2, 3, 4, 5, 6], [1, 2, 3]);
    expect(transpose(x, [2, 0, 1]).shape).toEqual([3, 1, 2]);
    expect(valueOf(transpose(x, [2, 0, 1]))).toEqual([1, 4, 2, 5, 3, 6]);
  });

  test('conv2d does not flip the filter', () => {
    const filter = constant([1, 0, 0, 10], [2, 2, 1, 1]);
    expect(valueOf(conv2d(image(nine, 3, 3), filter))).toEqual([51, 62, 84, 95]);
  });

  test("conv2d 'same' with stride 2 puts the extra pixel at the end", () => {
    const filter = constant([1, 1, 1, 1], [2, 2, 1, 1]);
    expect(valueOf(conv2d(image(nine, 3, 3), filter, { padding: 'same', strides: 2 }))).toEqual([
      12, 9, 15, 9,
    ]);
  });

  test('conv2d with dilation 2 takes every second pixel', () => {
    expect(
      valueOf(conv2d(image(nine, 3, 3), constant([1, 1, 1, 1], [2, 2, 1, 1]), { dilations: 2 })),
    ).toEqual([20]);
  });

  test('conv2d with groups keeps the groups apart', () => {
    const x = image([1, 2, 3, 4], 1, 1, 4);
    const filter = constant([1, 10, 1, 10], [1, 1, 2, 2]);
    expect(valueOf(conv2d(x, filter, { groups: 2 }))).toEqual([3, 70]);
  });

  test('depthwiseConv2d: output channel = channel * multiplier + m', () => {
    const filter = constant([1, 10, 100, 1000], [1, 1, 2, 2]);
    expect(valueOf(depthwiseConv2d(image([2, 3], 1, 1, 2), filter))).toEqual([2, 20, 300, 3000]);
  });

  test('pooling', () => {
    expect(valueOf(maxPool(image(nine, 3, 3), { size: 2, strides: 1 }))).toEqual([5, 6, 8, 9]);
    expect(valueOf(avgPool(image(nine, 3, 3), { size: 2, strides: 1 }))).toEqual([3, 4, 6, 7]);
  });

  test('maxPool never picks padding, avgPool counts it as zero', () => {
    expect(valueOf(maxPool(image([-4], 1, 1), { size: 3, padding: 1 }))).toEqual([-4]);
    expect(valueOf(avgPool(image([-9], 1, 1), { size: 3, padding: 1 }))).toEqual([-1]);
  });

  test('batchNormTraining: biased variance normalises, unbiased variance is kept', () => {
    const [one, zero, mean, variance] = [
      constant([1]),
      constant([0]),
      constant([10]),
      constant([20]),
    ];
    const inputs = [image([1, 3], 1, 2), one, zero, mean, variance];
    const { outputs } = applyOp(batchNormTrainingOp, inputs, { momentum: 0.1, epsilon: 0 });
    expect(valueOf(outputs[0]!)).toEqual([-1, 1]);
    expect(valueOf(outputs[1]!)[0]).toBeCloseTo(9.2, 12);
    expect(valueOf(outputs[2]!)[0]).toBeCloseTo(18.2, 12);
  });

  test('softmaxCrossEntropy is minus the log of the probability of the label', () => {
    const even = constant([0, 0, 0, 0], [1, 4]);
    expect(valueOf(softmaxCrossEntropy(even, constant([2], [1], 'int32')))[0]).toBeCloseTo(
      Math.log(4),
      12,
    );
    const thirds = constant([0, Math.log(3), 0, Math.log(3)], [2, 2]);
    const losses = valueOf(softmaxCrossEntropy(thirds, constant([0, 1], [2], 'int32')));
    expect(losses[0]).toBeCloseTo(Math.log(4), 6);
    expect(losses[1]).toBeCloseTo(Math.log(4 / 3), 6);
  });

  test('softmaxCrossEntropy stays finite for logits of 1000', () => {
    const logits = constant([1000, 0], [1, 2]);
    expect(valueOf(softmaxCrossEntropy(logits, constant([1], [1], 'int32')))).toEqual([1000]);
  });

  test('selection: the first of equals wins', () => {
    const x = constant([1, 3, 2, 3]);
    expect(valueOf(topK(x, 3).values)).toEqual([3, 3, 2]);
    expect(valueOf(topK(x, 3).indices)).toEqual([1, 3, 2]);
    expect(valueOf(argMax(x))).toEqual([1]);
    expect([1, 2, 3, 4].map((k) => valueOf(kthLargest(x, scalar(k, 'int32')))[0])).toEqual([
      3, 3, 2, 1,
    ]);
  });

  test('max of negative integers, segments, rounding and casts', () => {
    expect(valueOf(max(constant([-5, -7], [2], 'int32')))).toEqual([-5]);
    expect(valueOf(segmentSum(constant([1, 2, 4]), constant([2, 0, 2], [3], 'int32'), 4))).toEqual([
      2, 0, 5, 0,
    ]);
    expect(valueOf(round(constant([0.5, 1.5, 2.5, 0.25, -1.5, 2.4])))).toEqual([0, 2, 2, 0, -2, 2]);
    expect(valueOf(cast(constant([-1.9, 1.9]), 'int32'))).toEqual([-1, 1]);
  });

  test('int32 products wrap like 32-bit integers', () => {
    const big = constant([0x10001], [1], 'int32');
    expect(valueOf(mul(big, big))).toEqual([0x20001]);
  });

  test('softplus of large numbers', () => {
    expect(valueOf(softplus(constant([0, 800, -800])))).toEqual([Math.log(2), 800, 0]);
  });
});

describe('optimizer steps follow PyTorch', () => {
  const [w, g] = [constant([1]), constant([0.5])];

  test('momentum: buffer 0.9 * 2 + 0.5 = 2.3; the weight falls by a tenth of it', () => {
    const next = momentumUpdate(w, constant([2]), g, scalar(0.125), {
      momentum: 0.9,
      nesterov: false,
    });
    expect(valueOf(next.buffer)[0]).toBeCloseTo(2.3, 12);
    expect(valueOf(next.weight)[0]).toBeCloseTo(1 - 0.125 * 2.3, 12);
  });

  test('Nesterov: the step is 0.5 + 0.9 * 2.3 = 2.57', () => {
    const next = momentumUpdate(w, constant([2]), g, scalar(0.125), {
      momentum: 0.9,
      nesterov: true,
    });
    expect(valueOf(next.weight)[0]).toBeCloseTo(1 - 0.125 * 2.57, 12);
  });

  test('Adam: the first step from zero moments has the size of the learning rate', () => {
    const state = { weight: w, first: constant([0]), second: constant([0]) };
    const correction = Math.sqrt(1 - 0.999);
    const alpha = scalar((0.01 * correction) / (1 - 0.9));
    const next = adamUpdate(state, g, alpha, scalar(0), { beta1: 0.9, beta2: 0.999 });
    expect(valueOf(next.first)[0]).toBeCloseTo(0.05, 12);
    expect(valueOf(next.second)[0]).toBeCloseTo(0.00025, 12);
    expect(valueOf(next.weight)[0]).toBeCloseTo(0.99, 8);
  });
});

describe('the reference reads variables before it updates them', () => {
  test('two variables can be exchanged', () => {
    const [a, b] = [variable('a', [1]), variable('b', [1])];
    const p = program({
      outputs: { a },
      updates: [
        { variable: a, value: b },
        { variable: b, value: a },
      ],
    });
    const { outputs, variables } = evaluate(
      p,
      {},
      new Map([
        ['a', { shape: [1], data: [1] }],
        ['b', { shape: [1], data: [2] }],
      ]),
    );
    expect([outputs.a!.data[0], variables.get('a')!.data[0], variables.get('b')!.data[0]]).toEqual([
      1, 2, 1,
    ]);
  });
});

describe('the reference refuses', () => {
  test('an index outside the axis', () => {
    expect(() => valueOf(gather(constant([1, 2]), constant([2], [1], 'int32')))).toThrow(
      'gather: index 2 is outside axis 0 of [2].',
    );
  });

  test('a label outside the classes', () => {
    const labels = constant([3], [1], 'int32');
    expect(() => valueOf(softmaxCrossEntropy(constant([0, 0], [1, 2]), labels))).toThrow(
      'label 3 is outside 2 classes',
    );
  });

  test('a k that is larger than the tensor', () => {
    expect(() => valueOf(kthLargest(constant([1]), scalar(2, 'int32')))).toThrow(
      'k must be from 1 to 1; received 2',
    );
  });

  test('a run-time slice that leaves the tensor', () => {
    const p = program({
      inputs: [dimensionInput('k')],
      outputs: { y: slice(constant([1, 2, 3]), [1], ['k']) },
    });
    const feed = (k: number) => evaluate(p, { k: { shape: [], data: [k] } }).outputs.y!.data;
    expect(Array.from(feed(2))).toEqual([2, 3]);
    expect(() => feed(3)).toThrow('slice: begin [1], size [3] does not fit in [3].');
  });

  test('a variable without a value, and data of the wrong length', () => {
    expect(() => valueOf(variable('w', [2]))).toThrow(
      'Variable "w" has no value; expected float32 [2].',
    );
    const p = program({ outputs: { y: input('x', [2]) } });
    expect(() => evaluate(p, { x: { shape: [2], data: [1] } })).toThrow(
      '"x": [2] needs 2 elements; received 1.',
    );
  });
});
