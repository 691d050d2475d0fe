import { add } from '../../ops/add.ts';
import { div } from '../../ops/div.ts';
import { equal } from '../../ops/equal.ts';
import { greaterEqual } from '../../ops/greater-equal.ts';
import { greater } from '../../ops/greater.ts';
import { lessEqual } from '../../ops/less-equal.ts';
import { less } from '../../ops/less.ts';
import { logicalAnd } from '../../ops/logical-and.ts';
import { logicalOr } from '../../ops/logical-or.ts';
import { maximum } from '../../ops/maximum.ts';
import { minimum } from '../../ops/minimum.ts';
import { mul } from '../../ops/mul.ts';
import { notEqual } from '../../ops/not-equal.ts';
import { pow } from '../../ops/pow.ts';
import { sub } from '../../ops/sub.ts';
import { where } from '../../ops/where.ts';
import { differentiated, opCase } from '../define-case.ts';
import type { Operand, Value } from '../../ir/value.ts';
import type { OpCase } from '../op-case.ts';

type Binary = (a: Operand, b: Operand) => Value;

const arithmetic: Readonly<Record<string, Binary>> = { add, sub, mul, div, pow, maximum, minimum };
const whole: Readonly<Record<string, Binary>> = { add, sub, mul, maximum, minimum };
const comparisons: Readonly<Record<string, Binary>> = {
  equal,
  notEqual,
  greater,
  greaterEqual,
  less,
  lessEqual,
};

/** Shapes of the operands: equal, and broadcast in each direction. */
const shapes: readonly (readonly [string, readonly number[], readonly number[]])[] = [
  ['equal shapes', [2, 3], [2, 3]],
  ['b has fewer axes', [2, 2, 3], [3]],
  ['a has fewer axes', [2], [3, 2]],
  ['both repeat', [2, 1, 3], [4, 1]],
  ['b is a scalar', [2, 3], []],
];

const range = { from: 0.3, to: 2 };

/** Binary ops, comparisons and choice. */
export const binaryCases: readonly OpCase[] = [
  ...Object.entries(arithmetic).flatMap(([name, f]) =>
    shapes.map(([title, a, b]) =>
      differentiated(`${name}, ${title}`, [name], ({ floats }) =>
        f(floats('a', a, range), floats('b', b, range)),
      ),
    ),
  ),
  ...Object.entries(arithmetic).map(([name, f]) =>
    differentiated(`${name}, symbolic batch`, [name], ({ floats }) =>
      f(floats('a', [3, 2], { ...range, as: ['batch', 2] }), floats('b', [1, 2], range)),
    ),
  ),
  ...Object.entries(whole).map(([name, f]) =>
    opCase(`${name} of int32`, [name], ({ numbers }) =>
      f(numbers('a', [1, -2, 3, 40000, 5, 6], [2, 3]), numbers('b', [7, -2, 3])),
    ),
  ),
  ...Object.entries(comparisons).map(([name, f]) =>
    opCase(`${name} of floats and integers`, [name], ({ floats, numbers }) => ({
      floats: f(
        floats('a', [2, 2], { values: [1, 2, 3, -0] }),
        floats('b', [2], { values: [1, 0] }),
      ),
      integers: f(numbers('m', [1, 2, 3]), numbers('n', [2], [1])),
      number: f(floats('c', [3], { values: [-1, 0, 1] }), 0),
    })),
  ),
  ...Object.entries({ equal, notEqual, logicalAnd, logicalOr }).map(([name, f]) =>
    opCase(`${name} of booleans`, [name], ({ numbers }) =>
      f(numbers('a', [1, 1, 0, 0], [2, 2], 'bool'), numbers('b', [1, 0], [2], 'bool')),
    ),
  ),
  ...Object.entries({ maximum, minimum }).map(([name, f]) =>
    differentiated(
      `${name} shares the gradient of ties`,
      [name],
      ({ floats }) =>
        f(floats('a', [3], { values: [1, 2, 3] }), floats('b', [3], { values: [2, 2, 2] })),
      { kinks: true },
    ),
  ),
  differentiated('pow with negative bases and whole exponents', ['pow'], ({ floats }) =>
    pow(
      floats('a', [4], { values: [-1.5, -0.5, 0.5, 2] }),
      floats('b', [4], { values: [2, 3, 3, 2], fixed: true }),
    ),
  ),
  ...shapes.map(([title, a, b]) =>
    differentiated(`where, ${title}`, ['where'], ({ floats, numbers }) =>
      where(numbers('condition', [1, 0, 1], [3, 1, 1, 1], 'bool'), floats('a', a), floats('b', b)),
    ),
  ),
  ...[true, false].map((answer) =>
    differentiated(
      `where, one ${answer} condition for all elements`,
      ['where'],
      ({ floats, numbers }) =>
        where(
          numbers('condition', [Number(answer)], [], 'bool'),
          floats('a', [2, 3]),
          floats('b', [2, 3]),
        ),
    ),
  ),
  opCase('where of int32 and bool', ['where'], ({ numbers }) => {
    const condition = numbers('condition', [1, 0, 1], [3], 'bool');
    return {
      integers: where(condition, numbers('a', [1, 2, 3]), -7),
      booleans: where(condition, numbers('p', [1, 1, 0], [3], 'bool'), condition),
    };
  }),
  differentiated(
    'where keeps NaN and infinity out',
    ['where'],
    ({ floats }) => {
      const x = floats('x', [3], { values: [NaN, 2, Infinity] });
      return where(less(x, 100), x, 0);
    },
    { kinks: true },
  ),
];
