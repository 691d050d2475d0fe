import { abs } from '../../ops/abs.ts';
import { ceil } from '../../ops/ceil.ts';
import { cos } from '../../ops/cos.ts';
import { exp } from '../../ops/exp.ts';
import { floor } from '../../ops/floor.ts';
import { isFinite } from '../../ops/is-finite.ts';
import { log } from '../../ops/log.ts';
import { logicalNot } from '../../ops/logical-not.ts';
import { neg } from '../../ops/neg.ts';
import { relu } from '../../ops/relu.ts';
import { round } from '../../ops/round.ts';
import { rsqrt } from '../../ops/rsqrt.ts';
import { sigmoid } from '../../ops/sigmoid.ts';
import { sign } from '../../ops/sign.ts';
import { sin } from '../../ops/sin.ts';
import { softplus } from '../../ops/softplus.ts';
import { sqrt } from '../../ops/sqrt.ts';
import { square } from '../../ops/square.ts';
import { tanh } from '../../ops/tanh.ts';
import { cast } from '../../ops/cast.ts';
import { gradients } from '../../autodiff/gradients.ts';
import { mul } from '../../ops/mul.ts';
import { sub } from '../../ops/sub.ts';
import { sum } from '../../ops/sum.ts';
import { differentiated, opCase } from '../define-case.ts';
import type { OpCase } from '../op-case.ts';
import type { Value } from '../../ir/value.ts';

type Unary = (x: Value) => Value;

const smooth: Readonly<Record<string, Unary>> = {
  abs,
  cos,
  exp,
  neg,
  relu,
  sigmoid,
  sin,
  softplus,
  square,
  tanh,
};
const positive: Readonly<Record<string, Unary>> = { log, rsqrt, sqrt };
const whole: Readonly<Record<string, Unary>> = { abs, neg, sign, square };
const steps: Readonly<Record<string, Unary>> = { ceil, floor, round, sign };

const halves = [-2.5, -1.5, -1.25, -0.5, 0, 0.5, 0.75, 1.5, 2.5, 3];
const extremes = [-100, -20, -1e-6, 0, 1e-6, 20, 100];

/** Unary ops and casts. */
export const elementwiseCases: readonly OpCase[] = [
  ...Object.entries(smooth).map(([name, f]) =>
    differentiated(`${name}`, [name], ({ floats }) => f(floats('x', [2, 5], { from: -3, to: 3 }))),
  ),
  ...Object.entries(positive).map(([name, f]) =>
    differentiated(`${name} of positive numbers`, [name], ({ floats }) =>
      f(floats('x', [2, 5], { from: 0.2, to: 4 })),
    ),
  ),
  ...Object.entries(smooth).map(([name, f]) =>
    differentiated(`${name}, symbolic batch`, [name], ({ floats }) =>
      f(floats('x', [3, 2], { as: ['batch', 2] })),
    ),
  ),
  ...Object.entries(steps).map(([name, f]) =>
    opCase(`${name} at halves`, [name], ({ floats }) => f(floats('x', [10], { values: halves })), {
      exact: true,
    }),
  ),
  ...Object.entries(whole).map(([name, f]) =>
    opCase(`${name} of int32`, [name], ({ numbers }) =>
      // More bits than a float32 holds; the square overflows.
      f(numbers('x', [-100000007, -1, 0, 1, 12], [5])),
    ),
  ),
  ...Object.entries({ relu, sigmoid, softplus, tanh }).map(([name, f]) =>
    differentiated(
      `${name} at extremes`,
      [name],
      ({ floats }) => f(floats('x', [7], { values: extremes })),
      {
        kinks: true,
      },
    ),
  ),
  differentiated(
    'abs at 0 has gradient 0',
    ['abs'],
    ({ floats }) => abs(floats('x', [3], { values: [-1, 0, 1] })),
    { kinks: true },
  ),
  differentiated(
    'reluGradient, a gradient of a gradient',
    ['relu', 'reluGradient'],
    ({ floats }) => {
      const x = floats('x', [2, 4]);
      return gradients(sum(mul(floats('g', [2, 4]), relu(sub(mul(x, x), 0.3)))), [x])[0]!;
    },
  ),
  opCase('isFinite', ['isFinite'], ({ floats }) =>
    isFinite(floats('x', [5], { values: [0, Infinity, -Infinity, NaN, 3e38] })),
  ),
  opCase('logicalNot', ['logicalNot'], ({ numbers }) =>
    logicalNot(numbers('x', [1, 0, 1], [3], 'bool')),
  ),
  opCase(
    'cast between all types',
    ['cast'],
    ({ floats, numbers }) => {
      const x = floats('x', [6], { values: [-2.7, -0.4, 0, 0.9, 1, 250.5] });
      const n = numbers('n', [-3, 0, 7]);
      const b = numbers('b', [1, 0], [2], 'bool');
      return {
        'float to int': cast(x, 'int32'),
        'float to bool': cast(x, 'bool'),
        'int to float': cast(n, 'float32'),
        'int to bool': cast(n, 'bool'),
        'bool to float': cast(b, 'float32'),
        'bool to int': cast(b, 'int32'),
      };
    },
    { exact: true },
  ),
];
