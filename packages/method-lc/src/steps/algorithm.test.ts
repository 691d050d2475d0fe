import { afterAll, describe, expect, test } from '@jest/globals';
import { SeededRandom } from '@pare/core';
import { variable, zeros } from '@pare/graph';
import { compressionRunner } from '../c-step/compression-runner.ts';
import { oracleNumbers } from '../testing/oracle-numbers.ts';
import { cStep, movedMultipliers, squaredDistance, targetOf } from './c-step.ts';
import type { PartReference, Tensors } from '@pare/core';
import type { Parameter } from '@pare/graph';
import type { CompressionTask } from '../tasks/compression-task.ts';
import type { TaskState, TaskStates } from './task-state.ts';

/** The loop of the authors' code, run on a 4 x 3 matrix with a loss that has its least value in closed form. */
const reference = oracleNumbers(21, 12);
const series = [0.1, 0.2, 0.4];

const parameter: Parameter = {
  name: 'b',
  layer: 'b',
  role: 'weight',
  layout: 'other',
  trainable: true,
  shape: [4, 3],
  initializer: zeros,
  groups: 1,
  flattened: undefined,
  variable: variable('b', [4, 3]),
};

const runner = compressionRunner({ workers: 0 });
afterAll(async () => runner[Symbol.asyncDispose]());

const weightsOf = (data: Float32Array): Tensors =>
  new Map([['b', { dtype: 'float32', shape: [4, 3], data }]]);

/** A step: what the penalty was before and after the L step, and where the algorithm stood after the C step. */
interface Seen {
  readonly distance: number;
  readonly state: TaskState;
  readonly penalties?: readonly [before: number, after: number];
}

async function run(parts: readonly PartReference[], repetitions = 10): Promise<Seen[]> {
  const task: CompressionTask = {
    name: 'b',
    parameters: [parameter],
    parts,
    options: { repetitions },
  };
  const tasks = [task];
  const shared = { tasks, random: new SeededRandom(1), runner, log: () => undefined };
  let w = reference;
  let states: TaskStates = await cStep({ ...shared, weights: weightsOf(w), mu: 0 });
  const seen: Seen[] = [];
  const note = (more: Partial<Seen> = {}) =>
    seen.push({
      distance: squaredDistance(tasks, states, weightsOf(w)),
      state: states.get('b')!,
      ...more,
    });
  note();
  for (const mu of series) {
    const target = targetOf(states.get('b')!, mu);
    const penalty = () => (mu / 2) * w.reduce((sum, x, i) => sum + (x - target[i]!) ** 2, 0);
    const before = penalty();
    // Least ½·‖w - w*‖² + (μ/2)·‖w - t‖².
    w = reference.map((x, i) => (x + mu * target[i]!) / (1 + mu));
    const penalties = [before, penalty()] as const;
    states = await cStep({ ...shared, weights: weightsOf(w), mu, states });
    states = movedMultipliers(tasks, states, weightsOf(w), mu);
    note({ penalties });
  }
  return seen;
}

const quantize: PartReference = {
  name: 'adaptive-quantization',
  centroids: 2,
  algorithm: 'k-means',
};

describe('learning and compression in turns', () => {
  test.each<[string, PartReference[], number[]]>([
    ['2 values', [quantize], [4.437712, 3.667531, 3.709363, 1.387957]],
    ['4 weights', [{ name: 'l0-constraint', kept: 4 }], [1.672531, 1.382257, 1.68587, 1.360201]],
    ['-a, 0 and a', [{ name: 'scaled-ternary' }], [1.933753, 1.598144, 1.65216, 1.195519]],
    ['rank 1', [{ name: 'low-rank', rank: 1 }], [4.739791, 3.917183, 2.720266, 1.387891]],
    [
      'a learned rank',
      [{ name: 'rank-selection', alpha: 0.01, criterion: 'storage' }],
      [11.151332, 0.651044, 0.162761, 0],
    ],
    [
      'an l1 penalty',
      [{ name: 'l1-penalty', alpha: 0.05 }],
      [11.151332, 1.836661, 0.054114, 0.003668],
    ],
    [
      '2 weights and 2 values',
      [{ name: 'l0-constraint', kept: 2 }, quantize],
      [1.396316, 1.15398, 0.801375, 0.408865],
    ],
  ])('%s: ‖w - Δ‖² is that of the authors at every step', async (_, parts, expected) => {
    const seen = await run(parts);
    seen.forEach(({ distance }, i) => expect(Math.abs(distance - expected[i]!)).toBeLessThan(2e-6));
  });

  test('the ranks that are selected are the authors', async () => {
    const seen = await run([{ name: 'rank-selection', alpha: 0.01, criterion: 'storage' }]);
    expect(seen.map(({ state: { theta } }) => theta.kind === 'factors' && theta.rank)).toEqual([
      0, 2, 3, 3,
    ]);
  });

  test('values, penalties and multipliers are those of the authors', async () => {
    const seen = await run([quantize]);
    const values = seen.map(({ state: { delta } }) => [Math.min(...delta), Math.max(...delta)]);
    const expected = [
      [-1.317637, 0.408944],
      [-1.317637, 0.408944],
      [-0.962679, 0.648711],
      [-0.92072, 0.61874],
    ];
    values.flat().forEach((value, i) => expect(value).toBeCloseTo(expected.flat()[i]!, 5));
    const penalties = seen.slice(1).flatMap((step) => step.penalties!);
    [0.221886, 0.183377, 0.825194, 0.652005, 1.869242, 1.114115].forEach((penalty, i) =>
      expect(penalties[i]).toBeCloseTo(penalty, 5),
    );
    const last = [
      0.070328, 0.2543, -0.268206, 0.023125, 0.588597, 0.201242, -0.117838, -0.104996, -0.40423,
      -0.241315, -0.238521, 0.237513,
    ];
    seen.at(-1)!.state.multipliers.forEach((lambda, i) => expect(lambda).toBeCloseTo(last[i]!, 5));
  });

  test('the weights that are left at the end are those of the authors', async () => {
    const { delta } = (await run([{ name: 'l0-constraint', kept: 4 }])).at(-1)!.state;
    const expected = Array.from({ length: 12 }, () => 0);
    Object.assign(expected, { 3: -1.071363, 4: -2.232242, 8: 1.487669, 9: 1.132635 });
    expected.forEach((value, i) => expect(delta[i]).toBeCloseTo(value, 5));
  });
});
