import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { roundStraightThrough } from '../composites/straight-through.ts';
import { applyOp } from '../ir/apply-op.ts';
import { abs } from '../ops/abs.ts';
import { add } from '../ops/add.ts';
import { batchNormTrainingOp } from '../ops/batch-norm.ts';
import { constant, scalar } from '../ops/constant.ts';
import { exp } from '../ops/exp.ts';
import { log } from '../ops/log.ts';
import { maxPool } from '../ops/max-pool.ts';
import { max } from '../ops/max.ts';
import { maximum } from '../ops/maximum.ts';
import { momentumUpdate } from '../ops/momentum-update.ts';
import { mul } from '../ops/mul.ts';
import { pow } from '../ops/pow.ts';
import { relu } from '../ops/relu.ts';
import { replaceGradient } from '../ops/replace-gradient.ts';
import { reshape } from '../ops/reshape.ts';
import { round } from '../ops/round.ts';
import { softmaxCrossEntropy } from '../ops/softmax-cross-entropy.ts';
import { square } from '../ops/square.ts';
import { stopGradient } from '../ops/stop-gradient.ts';
import { sum } from '../ops/sum.ts';
import { tanh } from '../ops/tanh.ts';
import { variable } from '../ops/variable.ts';
import { where } from '../ops/where.ts';
import { less } from '../ops/less.ts';
import { program } from '../program/program.ts';
import { instructions } from '../testing/arbitrary/instructions.ts';
import { graphFrom, randomGraphVariables } from '../testing/arbitrary/random-graph.ts';
import { weightedSum } from '../testing/define-case.ts';
import { evaluate } from '../testing/evaluate.ts';
import { gradientDifference } from '../testing/gradient-difference.ts';
import { gradients } from './gradients.ts';
import type { Value } from '../ir/value.ts';

/** Gradient of the sum of f(x) at x. */
function slope(
  f: (x: Value) => Value,
  at: readonly number[],
  shape: readonly number[] = [at.length],
): number[] {
  const x = variable('x', shape);
  const [dx] = gradients(sum(f(x)), [x]);
  const { outputs } = evaluate(
    program({ outputs: { dx: dx! } }),
    {},
    new Map([['x', { shape, data: at }]]),
  );
  return Array.from(outputs.dx!.data);
}

describe('gradients on random graphs', () => {
  test('agree with finite differences', () => {
    fc.assert(
      fc.property(instructions('smooth'), (list) => {
        const { y, x, w } = graphFrom(list);
        const wrt = new Map([
          ['x', x],
          ['w', w],
        ]);
        const check = {
          loss: weightedSum({ y }),
          wrt,
          variables: randomGraphVariables,
          tolerance: 1e-5,
        };
        expect(gradientDifference(check)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  test('second gradients agree with finite differences of the first', () => {
    fc.assert(
      fc.property(instructions('smooth'), (list) => {
        const { y, x, w } = graphFrom(list.slice(0, 4));
        const [dx] = gradients(sum(tanh(y)), [x]);
        const wrt = new Map([
          ['x', x],
          ['w', w],
        ]);
        const check = {
          loss: weightedSum({ dx: dx! }),
          wrt,
          variables: randomGraphVariables,
          tolerance: 1e-4,
        };
        expect(gradientDifference(check)).toBeUndefined();
      }),
      { numRuns: 25 },
    );
  });
});

describe('gradients', () => {
  test('add up over all uses of a value', () => {
    expect(slope((x) => add(mul(x, x), mul(3, x)), [2, -1])).toEqual([7, 1]);
  });

  test('of a value that the loss does not use are zeros of its shape', () => {
    const [dx] = gradients(scalar(1), [variable('x', [2, 3])]);
    expect(dx!.shape).toEqual([2, 3]);
    expect(Array.from(evaluate(program({ outputs: { dx: dx! } })).outputs.dx!.data)).toEqual([
      0, 0, 0, 0, 0, 0,
    ]);
  });

  test('of the loss by itself is 1', () => {
    const loss = sum(variable('x', [2]));
    expect(gradients(loss, [loss])[0]!.node.attributes.data).toEqual(Float32Array.of(1));
  });

  test('can be taken by intermediate values, also by those with a zero derivative behind them', () => {
    const x = variable('x', [1]);
    const rounded = round(x);
    const [dx, dRounded] = gradients(sum(square(rounded)), [x, rounded]);
    const { outputs } = evaluate(
      program({ outputs: { dx: dx!, dRounded: dRounded! } }),
      {},
      new Map([['x', { shape: [1], data: [2.9] }]]),
    );
    expect([outputs.dx!.data[0], outputs.dRounded!.data[0]]).toEqual([0, 6]);
  });

  test('can be taken three times: x⁴ has third derivative 24 x', () => {
    const derivative = (f: (x: Value) => Value) => (x: Value) => gradients(sum(f(x)), [x])[0]!;
    expect(slope(derivative(derivative((x) => pow(x, 4))), [2, 3])).toEqual([48, 72]);
  });
});

describe('where a derivative jumps', () => {
  test('relu and abs have gradient 0 at 0', () => {
    expect(slope(relu, [-1, 0, 1])).toEqual([0, 0, 1]);
    expect(slope(abs, [-1, 0, 1])).toEqual([-1, 0, 1]);
  });

  test('maximum gives each of two equals one half', () => {
    expect(slope((x) => maximum(x, 1), [0, 1, 2])).toEqual([0, 0.5, 1]);
  });

  test('max shares evenly among equals', () => {
    expect(slope((x) => max(x), [5, 1, 5, 5])).toEqual([1 / 3, 0, 1 / 3, 1 / 3]);
  });

  test('maxPool gives everything to the first of equals', () => {
    expect(slope((x) => maxPool(x, { size: 2 }), [7, 7, 7, 7], [1, 2, 2, 1])).toEqual([1, 0, 0, 0]);
  });

  test('the side that where does not pick gets 0, even if it is infinite', () => {
    expect(slope((x) => where(less(x, 100), x, 0), [1, Infinity])).toEqual([1, 0]);
  });

  test('pow has a gradient at base 0 for whole exponents, and none by the exponent', () => {
    expect(slope((x) => pow(x, 2), [0, 3])).toEqual([0, 6]);
    expect(slope((x) => pow(x, 0), [0, 2])).toEqual([0, 0]);
    expect(slope((b) => pow(constant([0]), b), [2])).toEqual([0]);
    const exponent = constant([2]);
    const byExponent = (x: Value) => gradients(sum(pow(x, exponent)), [exponent])[0]!;
    expect(slope(byExponent, [0])).toEqual([0]);
  });
});

describe('steering gradients', () => {
  test('stopGradient keeps the value and cuts the gradient', () => {
    expect(slope((x) => mul(x, stopGradient(x)), [3])).toEqual([3]);
    expect(
      program({ outputs: { y: stopGradient(variable('x', [1])) } }).nodes.map((n) => n.op.name),
    ).toEqual(['variable']);
  });

  test('a straight-through round rounds forward and passes gradients backward', () => {
    const x = variable('x', [3]);
    const y = evaluate(
      program({ outputs: { y: roundStraightThrough(x) } }),
      {},
      new Map([['x', { shape: [3], data: [0.4, 0.6, -1.7] }]]),
    ).outputs.y!;
    expect(Array.from(y.data, (v) => v + 0)).toEqual([0, 1, -2]);
    expect(
      slope((v) => mul(roundStraightThrough(v), constant([1, 10, 100])), [0.4, 0.6, -1.7]),
    ).toEqual([1, 10, 100]);
    expect(slope(round, [0.4])).toEqual([0]);
  });

  test('replaceGradient sends nothing into the value', () => {
    expect(slope((x) => replaceGradient(exp(x), mul(5, x)), [1])).toEqual([5]);
  });

  test('a surrogate that only the gradient needs is never computed', () => {
    const x = variable('x', [1]);
    const nodes = program({ outputs: { y: replaceGradient(square(x), log(x)) } }).nodes.map(
      (n) => n.op.name,
    );
    expect(nodes).toEqual(['variable', 'square']);
  });
});

describe('gradients refuse', () => {
  test('a loss that is no float32 scalar', () => {
    expect(() => gradients(variable('x', [2]), [])).toThrow(
      'gradients: the loss must be a float32 scalar; received float32 [2]. Use mean() or sum().',
    );
    expect(() => gradients(scalar(1, 'int32'), [])).toThrow('received int32 []');
  });

  test('an op without a rule, by name', () => {
    const [w, rate] = [variable('w', [1]), scalar(0.1)];
    const { weight } = momentumUpdate(w, w, w, rate, { momentum: 0, nesterov: false });
    expect(() => gradients(sum(weight), [w])).toThrow(
      'gradients: "momentumUpdate" has no gradient rule.',
    );
  });

  test('the second derivative of the fused cross-entropy, and say what to use', () => {
    const x = variable('x', [1, 2]);
    const [dx] = gradients(sum(softmaxCrossEntropy(x, constant([0], [1], 'int32'))), [x]);
    expect(() => gradients(sum(square(dx!)), [x])).toThrow(
      'second derivatives need logSoftmax and gather',
    );
  });

  test('a loss that uses running statistics', () => {
    const x = variable('x', [4, 1, 1, 1]);
    const vectors = ['g', 'b', 'm', 'v'].map((name) => variable(name, [1]));
    const { outputs } = applyOp(batchNormTrainingOp, [x, ...vectors], {
      momentum: 0.1,
      epsilon: 1e-5,
    });
    expect(() => gradients(sum(reshape(outputs[1]!, [])), [x])).toThrow(
      'the running statistics have no gradient; use stopGradient on them',
    );
  });
});
