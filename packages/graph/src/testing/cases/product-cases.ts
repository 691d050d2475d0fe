import { add } from '../../ops/add.ts';
import { gradients } from '../../autodiff/gradients.ts';
import { dense } from '../../composites/dense.ts';
import { conv2d } from '../../ops/conv2d.ts';
import { depthwiseConv2d } from '../../ops/depthwise-conv2d.ts';
import { matMul } from '../../ops/mat-mul.ts';
import { mul } from '../../ops/mul.ts';
import { slice } from '../../ops/slice.ts';
import { sum } from '../../ops/sum.ts';
import { differentiated } from '../define-case.ts';
import type { Conv2dOptions } from '../../ops/conv-geometry.ts';
import type { OpCase } from '../op-case.ts';
import type { Value } from '../../ir/value.ts';

interface ConvCase {
  readonly title: string;
  readonly image: readonly number[];
  readonly filter: readonly number[];
  readonly options?: Conv2dOptions;
}

const convolutions: readonly ConvCase[] = [
  { title: 'valid', image: [2, 4, 5, 2], filter: [3, 3, 2, 3] },
  { title: '1x1', image: [2, 3, 3, 3], filter: [1, 1, 3, 2] },
  { title: '1x1, stride 2', image: [1, 5, 4, 2], filter: [1, 1, 2, 3], options: { strides: 2 } },
  { title: 'same', image: [1, 4, 5, 2], filter: [3, 3, 2, 2], options: { padding: 'same' } },
  {
    title: 'same, even filter',
    image: [1, 4, 4, 1],
    filter: [2, 4, 1, 2],
    options: { padding: 'same' },
  },
  {
    title: 'same, stride 2, even image',
    image: [1, 6, 4, 2],
    filter: [3, 3, 2, 2],
    options: { padding: 'same', strides: 2 },
  },
  {
    title: 'same, stride 2, odd image',
    image: [1, 5, 7, 1],
    filter: [3, 3, 1, 2],
    options: { padding: 'same', strides: 2 },
  },
  {
    title: 'padding 1, stride 2',
    image: [1, 6, 6, 1],
    filter: [3, 3, 1, 2],
    options: { padding: 1, strides: 2 },
  },
  {
    title: 'stride that leaves pixels over',
    image: [1, 6, 7, 1],
    filter: [2, 2, 1, 2],
    options: { strides: [3, 2] },
  },
  {
    title: 'stride larger than the filter',
    image: [1, 7, 7, 1],
    filter: [2, 2, 1, 2],
    options: { strides: 3 },
  },
  {
    title: 'asymmetric padding',
    image: [1, 4, 4, 2],
    filter: [3, 2, 2, 2],
    options: { padding: [2, 0, 1, 3] },
  },
  {
    title: 'asymmetric padding, strides [2, 1]',
    image: [1, 5, 4, 1],
    filter: [3, 3, 1, 2],
    options: { padding: [0, 1, 2, 0], strides: [2, 1] },
  },
  { title: 'dilation 2', image: [1, 6, 7, 2], filter: [3, 2, 2, 2], options: { dilations: 2 } },
  {
    title: 'dilation [1, 2], same',
    image: [1, 4, 6, 1],
    filter: [3, 3, 1, 2],
    options: { dilations: [1, 2], padding: 'same' },
  },
  { title: '2 groups', image: [2, 4, 4, 4], filter: [3, 3, 2, 6], options: { groups: 2 } },
  {
    title: '2 groups, stride 2, padding 1',
    image: [1, 5, 5, 4],
    filter: [3, 3, 2, 2],
    options: { groups: 2, strides: 2, padding: 1 },
  },
  {
    title: 'as many groups as channels',
    image: [1, 4, 4, 3],
    filter: [2, 2, 1, 6],
    options: { groups: 3 },
  },
];

const depthwise: readonly ConvCase[] = [
  { title: 'valid', image: [2, 4, 5, 3], filter: [3, 3, 3, 1] },
  {
    title: 'multiplier 2, same',
    image: [1, 4, 4, 2],
    filter: [3, 3, 2, 2],
    options: { padding: 'same' },
  },
  {
    title: 'stride 2, same',
    image: [1, 6, 6, 2],
    filter: [3, 3, 2, 1],
    options: { padding: 'same', strides: 2 },
  },
  {
    title: 'multiplier 2, stride 2, padding 1',
    image: [1, 5, 5, 2],
    filter: [3, 3, 2, 2],
    options: { padding: 1, strides: 2 },
  },
  {
    title: 'asymmetric padding',
    image: [1, 4, 4, 2],
    filter: [2, 3, 2, 1],
    options: { padding: [1, 0, 0, 2] },
  },
  { title: 'dilation 2', image: [1, 6, 6, 2], filter: [3, 3, 2, 1], options: { dilations: 2 } },
  {
    title: 'dilation 2, same',
    image: [1, 5, 5, 1],
    filter: [3, 3, 1, 2],
    options: { dilations: 2, padding: 'same' },
  },
];

const kinds = [
  { name: 'conv2d', apply: conv2d, cases: convolutions },
  { name: 'depthwiseConv2d', apply: depthwiseConv2d, cases: depthwise },
] as const;

const allOf = (name: string) => [name, `${name}InputGradient`, `${name}FilterGradient`];

/** Both first gradients of a convolution as functions of image, filter and output gradient. */
function firstGradients(y: Value, dy: Value, x: Value, filter: Value): Record<string, Value> {
  const [dx, df] = gradients(sum(mul(y, dy)), [x, filter]);
  return { dx: dx!, df: df! };
}

/** Matrix products and convolutions. */
export const productCases: readonly OpCase[] = [
  ...[false, true].flatMap((transposeA) =>
    [false, true].flatMap((transposeB) => {
      const title = `${transposeA ? ', a transposed' : ''}${transposeB ? ', b transposed' : ''}`;
      const a = transposeA ? [4, 2] : [2, 4];
      const b = transposeB ? [3, 4] : [4, 3];
      const options = { transposeA, transposeB };
      return [
        differentiated(`matMul${title}`, ['matMul'], ({ floats }) =>
          matMul(floats('a', a), floats('b', b), options),
        ),
        differentiated(`matMul of batches${title}`, ['matMul'], ({ floats }) =>
          matMul(floats('a', [2, 3, ...a]), floats('b', [2, 3, ...b]), options),
        ),
      ];
    }),
  ),
  differentiated('matMul with a symbolic batch', ['matMul'], ({ floats, weights }) =>
    dense(floats('x', [3, 4], { as: ['batch', 4] }), weights('w', [4, 2]), weights('b', [2])),
  ),
  differentiated(
    'matMul with run-time width',
    ['matMul', 'slice'],
    ({ floats, weights, dimension }) => {
      const k = dimension('k', 2);
      const hidden = matMul(
        floats('x', [3, 4], { as: ['batch', 4] }),
        slice(weights('w', [4, 5]), [0, 0], [4, k]),
      );
      return matMul(hidden, slice(weights('v', [5, 2]), [0, 0], [k, 2]));
    },
  ),
  ...kinds.flatMap(({ name, apply, cases }) =>
    cases.flatMap(({ title, image, filter, options }) => [
      differentiated(`${name}, ${title}`, allOf(name), ({ floats, weights }) =>
        apply(floats('x', image), weights('filter', filter), options),
      ),
      differentiated(`${name}, ${title}, second order`, allOf(name), ({ floats }) => {
        const [x, f] = [floats('x', image), floats('filter', filter)];
        const y = apply(x, f, options);
        return firstGradients(y, floats('dy', y.shape as readonly number[]), x, f);
      }),
    ]),
  ),
  differentiated('conv2d with a symbolic batch', allOf('conv2d'), ({ floats, weights }) =>
    conv2d(floats('x', [3, 3, 3, 2], { as: ['batch', 3, 3, 2] }), weights('filter', [2, 2, 2, 2]), {
      padding: 'same',
    }),
  ),
  differentiated(
    'conv2d with run-time channels',
    allOf('conv2d'),
    ({ floats, weights, dimension }) => {
      const k = dimension('k', 2);
      const x = floats('x', [2, 4, 4, 1], { as: ['batch', 4, 4, 1] });
      const hidden = conv2d(x, slice(weights('first', [3, 3, 1, 4]), [0, 0, 0, 0], [3, 3, 1, k]), {
        padding: 1,
      });
      return conv2d(hidden, slice(weights('second', [2, 2, 4, 2]), [0, 0, 0, 0], [2, 2, k, 2]), {
        strides: 2,
      });
    },
  ),
  differentiated(
    '1x1 conv2d with run-time channels and a symbolic batch',
    allOf('conv2d'),
    ({ floats, weights, dimension }) => {
      const k = dimension('k', 2);
      const x = floats('x', [3, 2, 3, 2], { as: ['batch', 2, 3, 2] });
      const hidden = conv2d(x, slice(weights('first', [1, 1, 2, 4]), [0, 0, 0, 0], [1, 1, 2, k]));
      return conv2d(hidden, slice(weights('second', [1, 1, 4, 3]), [0, 0, 0, 0], [1, 1, k, 3]));
    },
  ),
  differentiated('1x1 conv2d with a bias', allOf('conv2d'), ({ floats, weights }) =>
    add(conv2d(floats('x', [2, 2, 3, 2]), weights('filter', [1, 1, 2, 3])), weights('bias', [3])),
  ),
  differentiated(
    'dilated depthwiseConv2d with run-time channels',
    allOf('depthwiseConv2d'),
    ({ floats, weights, dimension }) => {
      const k = dimension('k', 2);
      const x = floats('x', [2, 5, 5, 2], { as: ['batch', 5, 5, k] });
      const filter = slice(weights('filter', [3, 3, 4, 2]), [0, 0, 0, 0], [3, 3, k, 2]);
      return depthwiseConv2d(x, filter, { dilations: 2, padding: 1 });
    },
  ),
  differentiated(
    'depthwiseConv2d with a symbolic batch',
    allOf('depthwiseConv2d'),
    ({ floats, weights }) =>
      depthwiseConv2d(
        floats('x', [3, 3, 3, 2], { as: ['batch', 3, 3, 2] }),
        weights('filter', [2, 2, 2, 1]),
      ),
  ),
];
