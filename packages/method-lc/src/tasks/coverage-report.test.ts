import { describe, expect, test } from '@jest/globals';
import { createCompression } from '../compressions/create-compression.ts';
import { joinTensors } from '../compressions/tensor-group.ts';
import { exampleNetworks } from '../testing/networks.ts';
import { referenceWeights } from '../testing/reference-network.ts';
import { stepContext } from '../testing/step-context.ts';
import { coverageReport } from './coverage-report.ts';
import { estimateBits } from './estimate-bits.ts';
import { resolveTasks } from './resolve-tasks.ts';
import type { TasksInput } from './tasks-option.ts';

const lenet = exampleNetworks['lenet-300-100']();
const rows = (tasks: TasksInput) => coverageReport(lenet, resolveTasks(lenet, tasks)).rows;

describe('what tasks cover', () => {
  test('is a row for each task and one for what is left', () => {
    expect(
      rows(['fc1: prune(keep=1000) + quantize(k=2)', 'each fc2: low-rank(auto, alpha=1)']),
    ).toEqual([
      {
        task: 'fc1',
        layers: 'fc1',
        weights: 235_200,
        share: 88.35,
        compression: 'l0-constraint(kept=1000) + adaptive-quantization(centroids=2)',
        bits: expect.any(Number),
      },
      {
        task: 'fc2',
        layers: 'fc2',
        weights: 30_000,
        share: 11.27,
        compression: 'rank-selection(criterion=storage, alpha=1)',
        bits: 'as trained',
      },
      {
        task: '(none)',
        layers: 'fc3',
        weights: 1000,
        share: 0.38,
        compression: 'none',
        bits: 32_000,
      },
    ]);
  });

  test('has a cell for each column', () => {
    const { columns, rows: all } = coverageReport(lenet, resolveTasks(lenet, ['fc1: binarize']));
    for (const row of all) expect(Object.keys(row)).toEqual(columns.map(({ key }) => key));
  });

  test('tells the layers of a task together, and the rounds of a sum', () => {
    const tasks = ['all: prune(1%) + binarize with repetitions=3'];
    expect(rows(tasks)).toMatchObject([
      {
        layers: 'fc1, fc2, fc3',
        share: 100,
        compression: 'l0-constraint(kept=2662) + binary with repetitions=3',
      },
    ]);
  });
});

describe('bits are estimated', () => {
  const weights = referenceWeights();
  const joined = joinTensors(weights);

  test.each<[string, { name: string; [option: string]: unknown }]>([
    ['4 values', { name: 'adaptive-quantization', centroids: 4 }],
    ['given values', { name: 'fixed-codebook', values: [-1, 0, 1] }],
    ['signs', { name: 'binary' }],
    ['scaled signs', { name: 'scaled-binary' }],
    ['ternary', { name: 'ternary' }],
    ['scaled ternary', { name: 'scaled-ternary' }],
    ['powers of two', { name: 'powers-of-two', smallest: 5 }],
    ['rank 9', { name: 'low-rank', rank: 9 }],
    ['rank 9 in half precision', { name: 'low-rank', rank: 9, precision: 16 }],
  ])('exactly: %s', (_title, part) => {
    const { shape, data } = weights[2]!;
    const compression = createCompression(part);
    const theta = compression.compress(data, stepContext(1000, { shape }));
    expect(estimateBits([part], 1000, shape)).toBe(compression.bits(theta));
  });

  test.each([0.01, 0.05, 0.1])('within 5 %% for pruning of a trained network: %d left', (share) => {
    const part = { name: 'l0-constraint', kept: Math.round(266_200 * share) };
    const compression = createCompression(part);
    const theta = compression.compress(joined.data, stepContext(266_200));
    const estimate = estimateBits([part], 266_200, joined.shape)!;
    expect(Math.abs(estimate / compression.bits(theta) - 1)).toBeLessThan(0.05);
  });

  test('and added up in a sum; nothing is said where the weights decide', () => {
    const sum = [{ name: 'binary' }, { name: 'l0-constraint', kept: 1 }];
    expect(estimateBits(sum, 50, [50])).toBe(50);
    expect(estimateBits([...sum, { name: 'l0-penalty', alpha: 1 }], 50, [50])).toBeUndefined();
  });
});
