import { randomNormal } from '../../composites/random-normal.ts';
import { adamUpdate } from '../../ops/adam-update.ts';
import { add } from '../../ops/add.ts';
import { logicalNot } from '../../ops/logical-not.ts';
import { momentumUpdate } from '../../ops/momentum-update.ts';
import { mul } from '../../ops/mul.ts';
import { randomUniform } from '../../ops/random-uniform.ts';
import { opCase } from '../define-case.ts';
import type { OpCase } from '../op-case.ts';

const seeds: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 2],
  [-1, 5],
  [-(2 ** 31), 2 ** 31 - 1],
];

/** Random numbers, optimizer steps and updates of variables. */
export const stepCases: readonly OpCase[] = [
  ...seeds.map((seed) =>
    opCase(
      `randomUniform, seed ${seed.join(' ')}`,
      ['randomUniform'],
      ({ numbers }) => {
        const value = numbers('seed', seed);
        return {
          one: randomUniform([], value),
          seven: randomUniform([7], value),
          image: randomUniform([2, 3, 4], value),
          many: randomUniform([1031], value),
        };
      },
      { exact: true },
    ),
  ),
  opCase(
    'randomUniform of a run-time shape',
    ['randomUniform'],
    ({ numbers, dimension }) => randomUniform([dimension('n', 3), 5], numbers('seed', [11, 12])),
    { exact: true },
  ),
  opCase(
    'randomNormal',
    ['randomUniform', 'cos', 'log'],
    ({ numbers }) => randomNormal([3, 50], numbers('seed', [3, 4])),
    { tolerance: 1e-4 },
  ),
  ...[false, true].map((nesterov) =>
    opCase(
      `momentumUpdate${nesterov ? ', Nesterov' : ''}`,
      ['momentumUpdate'],
      ({ weights, floats }, update) => {
        const [w, buffer] = [weights('w', [2, 3]), weights('buffer', [2, 3])];
        const next = momentumUpdate(
          w,
          buffer,
          floats('g', [2, 3]),
          floats('rate', [], { values: [0.1] }),
          { momentum: 0.9, nesterov },
        );
        update(w, next.weight);
        update(buffer, next.buffer);
        return { before: mul(w, 1) };
      },
    ),
  ),
  opCase(
    'momentumUpdate whose results are outputs too',
    ['momentumUpdate'],
    ({ weights, floats }, update) => {
      const [w, buffer] = [weights('w', [4]), weights('buffer', [4])];
      const next = momentumUpdate(
        w,
        buffer,
        floats('g', [4]),
        floats('rate', [], { values: [0.5] }),
        { momentum: 0.5, nesterov: false },
      );
      update(w, mul(next.weight, 2));
      update(buffer, next.buffer);
      return { ...next };
    },
  ),
  opCase('adamUpdate', ['adamUpdate'], ({ weights, floats }, update) => {
    const state = {
      weight: weights('w', [2, 3]),
      first: weights('first', [2, 3]),
      second: weights('second', [2, 3], { from: 0, to: 1 }),
    };
    const scalars = [
      floats('alpha', [], { values: [0.01] }),
      floats('epsilon', [], { values: [1e-3] }),
    ] as const;
    const next = adamUpdate(state, floats('g', [2, 3]), ...scalars, { beta1: 0.9, beta2: 0.99 });
    update(state.weight, next.weight);
    update(state.first, next.first);
    update(state.second, next.second);
    return { before: add(state.weight, 0) };
  }),
  opCase('updates happen after all reads', ['variable'], ({ weights, state }, update) => {
    const [a, b] = [weights('a', [2]), weights('b', [2])];
    const [count, flags] = [state('count', [41]), state('flags', [1, 0, 1], 'bool')];
    update(a, b);
    update(b, a);
    update(count, add(count, 1));
    update(flags, logicalNot(flags));
    return { a, 'a again': a, sum: add(a, b), count };
  }),
];
