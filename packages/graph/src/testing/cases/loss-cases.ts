import { clip } from '../../composites/clip.ts';
import { klDivergence } from '../../composites/kl-divergence.ts';
import { roundStraightThrough } from '../../composites/straight-through.ts';
import { logSoftmax } from '../../ops/log-softmax.ts';
import { mul } from '../../ops/mul.ts';
import { replaceGradient } from '../../ops/replace-gradient.ts';
import { softmaxCrossEntropy } from '../../ops/softmax-cross-entropy.ts';
import { softmax } from '../../ops/softmax.ts';
import { square } from '../../ops/square.ts';
import { stopGradient } from '../../ops/stop-gradient.ts';
import { differentiated } from '../define-case.ts';
import type { OpCase } from '../op-case.ts';

const large = [1000, 0, -1000, 88, 89, 90, -500, -500, -501];

/** Softmax and losses, and ops that steer gradients. */
export const lossCases: readonly OpCase[] = [
  ...Object.entries({ softmax, logSoftmax }).flatMap(([name, f]) => [
    differentiated(`${name} of one, two and three axes`, [name], ({ floats }) => ({
      one: f(floats('a', [4])),
      two: f(floats('b', [3, 4], { from: -3, to: 3 })),
      three: f(floats('c', [2, 2, 3])),
    })),
    differentiated(`${name} with a symbolic batch`, [name], ({ floats }) =>
      f(floats('x', [3, 4], { as: ['batch', 4] })),
    ),
    differentiated(
      `${name} of large numbers`,
      [name],
      ({ floats }) => f(floats('x', [3, 3], { values: large })),
      { kinks: true },
    ),
  ]),
  differentiated('softmaxCrossEntropy', ['softmaxCrossEntropy'], ({ floats, numbers }) =>
    softmaxCrossEntropy(floats('x', [4, 3], { from: -2, to: 2 }), numbers('labels', [0, 2, 1, 2])),
  ),
  differentiated(
    'softmaxCrossEntropy with a symbolic batch',
    ['softmaxCrossEntropy'],
    ({ floats, numbers }) =>
      softmaxCrossEntropy(
        floats('x', [2, 5], { as: ['batch', 5] }),
        numbers('labels', [4, 0], [2], 'int32', ['batch']),
      ),
  ),
  differentiated(
    'softmaxCrossEntropy of large numbers',
    ['softmaxCrossEntropy'],
    ({ floats, numbers }) =>
      softmaxCrossEntropy(floats('x', [3, 3], { values: large }), numbers('labels', [2, 1, 0])),
    { kinks: true },
  ),
  differentiated('klDivergence', ['logSoftmax', 'exp'], ({ floats }) =>
    klDivergence(
      floats('target', [3, 4], { from: -2, to: 2 }),
      floats('x', [3, 4], { from: -2, to: 2 }),
    ),
  ),
  differentiated('clip', ['maximum', 'minimum'], ({ floats }) =>
    clip(floats('x', [3, 4], { from: -2, to: 2 }), -0.9, 1),
  ),
  differentiated(
    'stopGradient',
    ['stopGradient'],
    ({ floats }) => {
      const x = floats('x', [2, 3]);
      return mul(x, stopGradient(square(x)));
    },
    { kinks: true },
  ),
  differentiated(
    'replaceGradient and straight-through rounding',
    ['replaceGradient', 'round'],
    ({ floats }) => {
      const x = floats('x', [2, 3], { from: -3, to: 3 });
      return { round: roundStraightThrough(x), custom: replaceGradient(square(x), mul(3, x)) };
    },
    { kinks: true },
  ),
];
