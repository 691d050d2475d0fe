import { describe, expect, test } from '@jest/globals';
import { GraphError } from '../errors/graph-error.ts';
import { add } from './add.ts';
import { argMax } from './arg-max.ts';
import { broadcastTo } from './broadcast-to.ts';
import { concat } from './concat.ts';
import { conv2d } from './conv2d.ts';
import { exp } from './exp.ts';
import { flatten } from './flatten.ts';
import { gather } from './gather.ts';
import { input } from './input.ts';
import { logicalAnd } from './logical-and.ts';
import { max } from './max.ts';
import { mean } from '../composites/mean.ts';
import { oneHot } from './one-hot.ts';
import { pad } from './pad.ts';
import { reshape } from './reshape.ts';
import { segmentSum } from './segment-sum.ts';
import { slice } from './slice.ts';
import { sum } from './sum.ts';
import { transpose } from './transpose.ts';
import { where } from './where.ts';
import type { DType, Value } from '../ir/value.ts';
import type { Shape } from '../ir/shape.ts';

const v = (shape: Shape, dtype: DType = 'float32'): Value => input('v', shape, dtype);
const image = v(['batch', 6, 5, 4]);

describe('a shape rule of an array op says what it needs and what it got', () => {
  test.each<[string, () => unknown, string]>([
    [
      'broadcasting',
      () => add(v([2, 3]), v([4])),
      'add: shapes [2, 3] and [4] do not broadcast (axis 1: 3 against 4).',
    ],
    [
      'broadcasting of symbols',
      () => add(v(['batch', 3]), v(['width', 3])),
      'add: shapes [batch, 3] and [width, 3] do not broadcast (axis 0: batch against width).',
    ],
    [
      'operands of two types',
      () => add(v([2]), v([3], 'int32')),
      'add: both operands must have one type; received float32 [2] and int32 [3]. Use cast().',
    ],
    ['exp of integers', () => exp(v([2], 'int32')), 'exp: x must be float32; received int32 [2].'],
    [
      'logic on numbers',
      () => logicalAnd(v([1]), v([1])),
      'logicalAnd: a must be bool; received float32 [1].',
    ],
    [
      'a slice of everything that starts elsewhere',
      () => slice(v([4]), [2], [4]),
      'slice: begin [2], size [4] does not fit in [4].',
    ],
    [
      'an order of too few axes',
      () => transpose(v([2, 3, 4]), [0, 1]),
      'transpose: [0, 1] is not an order of 3 axes.',
    ],
    [
      'a fraction next to integers',
      () => add(v([2], 'int32'), 0.5),
      'constant: int32 holds whole numbers from -2^31 to 2^31 - 1; received 0.5. Use cast() to compute with float32.',
    ],
    [
      'a mean of integers',
      () => mean(v([2], 'int32')),
      'mean: x must be float32; received int32 [2].',
    ],
    [
      'where by a number',
      () => where(v([2]), 1, 0),
      'where: condition must be bool; received float32 [2].',
    ],
    [
      'where of two types',
      () => where(v([2], 'bool'), v([2]), v([2], 'int32')),
      'where: b must be float32; received int32 [2].',
    ],
    ['an axis outside', () => sum(v([2, 3]), 2), 'sum: axis 2 is outside a tensor of rank 2.'],
    ['an axis twice', () => max(v([2, 3]), [1, -1]), 'max: axes 1, -1 name an axis twice.'],
    [
      'argMax of booleans',
      () => argMax(v([2], 'bool')),
      'argMax: x must be float32 or int32; received bool [2].',
    ],
    [
      'broadcastTo',
      () => broadcastTo(v([2, 3]), [2, 4]),
      'broadcastTo: shapes [2, 3] and [2, 4] do not broadcast (axis 1: 3 against 4).',
    ],
    [
      'broadcastTo a smaller shape',
      () => broadcastTo(v([2, 3]), [3]),
      'broadcastTo: [2, 3] does not fit [3].',
    ],
    [
      'reshape',
      () => reshape(v(['batch', 6]), ['batch', 2, 2]),
      'reshape: [batch, 6] has 6*batch elements, [batch, 2, 2] has 4*batch.',
    ],
    [
      'transpose',
      () => transpose(v([2, 3]), [0, 0]),
      'transpose: [0, 0] is not an order of 2 axes.',
    ],
    ['flatten', () => flatten(v([2])), 'flatten: needs rank 2 or more; received [2].'],
    [
      'slice past the end',
      () => slice(v([4]), [2], [3]),
      'slice: begin [2], size [3] does not fit in [4].',
    ],
    [
      'slice before the start',
      () => slice(v([4]), [-1], [2]),
      'slice: begin [-1], size [2] does not fit in [4].',
    ],
    [
      'slice of another rank',
      () => slice(v([4, 4]), [0], [2]),
      'slice: begin [0], size [2] does not fit in [4, 4].',
    ],
    [
      'pad',
      () => pad(v([2, 3]), [[1, 1]]),
      'pad: needs 2 pairs of non-negative sizes; received [1,1].',
    ],
    [
      'pad by less than nothing',
      () => pad(v([2]), [[-1, 1]]),
      'pad: needs 1 pairs of non-negative sizes; received [-1,1].',
    ],
    [
      'concat',
      () => concat([v([2, 3]), v([3, 3])], 1),
      'concat along axis 1: [3, 3] does not fit [2, 3].',
    ],
    ['concat of nothing', () => concat([]), 'concat: needs at least one value; received none.'],
    [
      'concat of two types',
      () => concat([v([1]), v([1], 'bool')]),
      'concat: every input must be float32; received bool [1].',
    ],
    [
      'gather',
      () => gather(v([3]), v([1])),
      'gather: indices must be int32; received float32 [1].',
    ],
    [
      'segmentSum',
      () => segmentSum(v([3, 2]), v([2], 'int32'), 4),
      'segmentSum: x [3, 2] needs one index for each row; received indices [2].',
    ],
    ['oneHot', () => oneHot(v([3]), 2), 'oneHot: indices must be int32; received float32 [3].'],
  ])('%s', (_, build, message) => {
    expect(build).toThrow(GraphError);
    expect(build).toThrow(message);
  });
});

describe('shapes', () => {
  test('of convolutions follow strides, padding and dilation', () => {
    const shape = (options: object) => conv2d(image, v([3, 3, 4, 8]), options).shape;
    expect(shape({})).toEqual(['batch', 4, 3, 8]);
    expect(shape({ padding: 'same', strides: 2 })).toEqual(['batch', 3, 3, 8]);
    expect(shape({ padding: 1, strides: [2, 1] })).toEqual(['batch', 3, 5, 8]);
    expect(shape({ padding: [0, 0, 1, 1], dilations: 2 })).toEqual(['batch', 2, 3, 8]);
  });

  test('of reductions drop or keep the axes', () => {
    expect(sum(image, [1, 2]).shape).toEqual(['batch', 4]);
    expect(sum(image, -1, { keepDims: true }).shape).toEqual(['batch', 6, 5, 1]);
    expect(sum(image).shape).toEqual([]);
  });

  test('with symbols add up', () => {
    const x = v(['batch', 'k']);
    expect(concat([x, v(['batch', 3])]).shape).toEqual(['batch', 'k+3']);
    expect(
      pad(x, [
        [0, 0],
        [1, 'k'],
      ]).shape,
    ).toEqual(['batch', '2*k+1']);
    expect(flatten(v(['batch', 2, 'k'])).shape).toEqual(['batch', '2*k']);
  });

  test('unchanged values are not copied', () => {
    const x = v([2, 3]);
    expect([
      reshape(x, [2, 3]),
      broadcastTo(x, [2, 3]),
      transpose(x, [0, 1]),
      slice(x, [0, 0], [2, 3]),
    ]).toEqual([x, x, x, x]);
    expect([
      pad(x, [
        [0, 0],
        [0, 0],
      ]),
      concat([x]),
      sum(x, []),
    ]).toEqual([x, x, x]);
  });
});
