import { gradients } from '../../autodiff/gradients.ts';
import { avgPool } from '../../ops/avg-pool.ts';
import { maxPool } from '../../ops/max-pool.ts';
import { mul } from '../../ops/mul.ts';
import { square } from '../../ops/square.ts';
import { sum } from '../../ops/sum.ts';
import { differentiated } from '../define-case.ts';
import type { PoolOptions } from '../../ops/pool-window.ts';
import type { OpCase } from '../op-case.ts';

const windows: readonly (readonly [string, readonly number[], PoolOptions])[] = [
  ['size 2', [2, 4, 4, 2], { size: 2 }],
  ['size 2, pixels over', [1, 5, 5, 2], { size: 2 }],
  ['size 3, stride 2, same', [1, 5, 6, 1], { size: 3, strides: 2, padding: 'same' }],
  ['size 3, stride 2, padding 1', [1, 6, 6, 1], { size: 3, strides: 2, padding: 1 }],
  ['size [1, 3], stride [2, 1]', [1, 4, 5, 2], { size: [1, 3], strides: [2, 1] }],
  ['overlapping, asymmetric padding', [1, 4, 4, 1], { size: 3, strides: 1, padding: [1, 0, 0, 2] }],
  ['stride larger than the window', [1, 7, 7, 1], { size: 2, strides: 3 }],
  ['whole image', [2, 3, 3, 2], { size: 3 }],
];

/** Pooling. */
export const poolingCases: readonly OpCase[] = [
  ...windows.flatMap(([title, image, options]) => [
    differentiated(`maxPool, ${title}`, ['maxPool', 'maxPoolGradient'], ({ floats }) =>
      maxPool(floats('x', image), options),
    ),
    differentiated(`avgPool, ${title}`, ['avgPool', 'avgPoolGradient'], ({ floats }) =>
      avgPool(floats('x', image), options),
    ),
    differentiated(
      `avgPool, ${title}, second order`,
      ['avgPool', 'avgPoolGradient'],
      ({ floats }) => {
        const x = floats('x', image);
        const y = avgPool(x, options);
        return gradients(sum(mul(square(y), floats('dy', y.shape as readonly number[]))), [x])[0]!;
      },
    ),
  ]),
  differentiated(
    'maxPool of negative images with padding',
    ['maxPool', 'maxPoolGradient'],
    ({ floats }) =>
      maxPool(floats('x', [1, 3, 3, 1], { from: -9, to: -5 }), { size: 2, padding: 1 }),
  ),
  differentiated(
    'maxPool gives the gradient to the first of equals',
    ['maxPool', 'maxPoolGradient'],
    ({ floats }) =>
      maxPool(
        floats('x', [1, 4, 4, 1], { values: [1, 1, 0, 2, 1, 1, 2, 2, 0, 0, 3, 3, 0, 0, 1, 3] }),
        { size: 2 },
      ),
    { kinks: true },
  ),
  ...Object.entries({ maxPool, avgPool }).map(([name, pool]) =>
    differentiated(`${name} with a symbolic batch`, [name, `${name}Gradient`], ({ floats }) =>
      pool(floats('x', [3, 4, 4, 2], { as: ['batch', 4, 4, 2] }), { size: 2, padding: 'same' }),
    ),
  ),
];
