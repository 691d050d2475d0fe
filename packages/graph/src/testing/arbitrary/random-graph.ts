import { concat } from '../../ops/concat.ts';
import { constant } from '../../ops/constant.ts';
import { add } from '../../ops/add.ts';
import { exp } from '../../ops/exp.ts';
import { flatten } from '../../ops/flatten.ts';
import { greater } from '../../ops/greater.ts';
import { matMul } from '../../ops/mat-mul.ts';
import { mean } from '../../composites/mean.ts';
import { mul } from '../../ops/mul.ts';
import { neg } from '../../ops/neg.ts';
import { pad } from '../../ops/pad.ts';
import { reshape } from '../../ops/reshape.ts';
import { sigmoid } from '../../ops/sigmoid.ts';
import { sin } from '../../ops/sin.ts';
import { slice } from '../../ops/slice.ts';
import { softmax } from '../../ops/softmax.ts';
import { stopGradient } from '../../ops/stop-gradient.ts';
import { sub } from '../../ops/sub.ts';
import { sum } from '../../ops/sum.ts';
import { tanh } from '../../ops/tanh.ts';
import { transpose } from '../../ops/transpose.ts';
import { variable } from '../../ops/variable.ts';
import { where } from '../../ops/where.ts';
import { seededValues } from '../seeded-values.ts';
import type { Value } from '../../ir/value.ts';
import type { FedTensor } from '../../program/resolve-symbols.ts';

/** Steps from two [2, 3] values to one, all bounded and smooth where they are differentiated. */
const steps: readonly ((a: Value, b: Value) => Value)[] = [
  (a, b) => add(a, b),
  (a, b) => sub(a, b),
  (a, b) => mul(tanh(a), b),
  (a) => sin(a),
  (a, b) => mul(sigmoid(a), sum(tanh(b), 1, { keepDims: true })),
  (a, b) => add(a, mean(b, 0)),
  (a, b) => softmax(sub(a, b)),
  (a) => neg(transpose(transpose(a))),
  (a, b) => matMul(tanh(matMul(a, b, { transposeB: true })), a),
  (a, b) => slice(concat([a, b], 1), [0, 2], [2, 3]),
  (a) =>
    slice(
      pad(
        a,
        [
          [1, 0],
          [0, 2],
        ],
        0.5,
      ),
      [0, 1],
      [2, 3],
    ),
  (a, b) => where(constant([1, 0, 1], [3], 'bool'), a, exp(neg(mul(b, b)))),
  (a) => reshape(tanh(flatten(reshape(a, [1, 3, 2]))), [2, 3]),
  (a) => add(mul(a, 0.5), constant([0.1, 0.2, 0.3])),
];

/** What cannot be differentiated numerically: gradients that are cut or choices that depend on the values. */
const cutting: readonly ((a: Value, b: Value) => Value)[] = [
  (a, b) => mul(stopGradient(a), b),
  (a, b) => where(greater(a, 0), b, a),
];

/** Which step is taken from which earlier values. */
export type Instruction = readonly [step: number, a: number, b: number];

/** Largest step number plus one; `smooth` leaves out what finite differences cannot see through. */
export const stepCount = { smooth: steps.length, all: steps.length + cutting.length } as const;

/** Variables and their values, under the names `x` and `w`. */
export const randomGraphVariables: ReadonlyMap<string, FedTensor> = new Map(
  ['x', 'w'].map((name) => [name, { shape: [2, 3], data: seededValues(name, 6) }]),
);

/** A graph [2, 3] from instructions; the same instructions give equal graphs of new nodes. */
export function graphFrom(instructions: readonly Instruction[]): { y: Value; x: Value; w: Value } {
  const [x, w] = [variable('x', [2, 3]), variable('w', [2, 3])];
  const values = [x, w];
  for (const [step, a, b] of instructions) {
    const apply = [...steps, ...cutting][step]!;
    values.push(apply(values[a % values.length]!, values[b % values.length]!));
  }
  return { y: values.at(-1)!, x, w };
}
