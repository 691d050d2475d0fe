import { describe, expect, test } from '@jest/globals';
import { mixedNetwork } from '../testing/mixed-network.ts';
import { exampleNetworks } from '../testing/networks.ts';
import { resolveTasks } from './resolve-tasks.ts';
import type { TasksInput } from './tasks-option.ts';

const lenet = exampleNetworks['lenet-300-100']();
const mixed = mixedNetwork();
const names = (tasks: TasksInput, network = lenet) =>
  resolveTasks(network, tasks).tasks.map(({ name }) => name);

describe('a line', () => {
  test('over several layers is one task with a joint count', () => {
    const { tasks, uncovered, notices } = resolveTasks(lenet, ['fc3, fc1: prune(keep=10%)']);
    expect(tasks).toEqual([
      {
        name: 'fc3, fc1',
        parameters: [lenet.parameters[0], lenet.parameters[4]],
        parts: [{ name: 'l0-constraint', kept: 23_620 }],
        options: {},
      },
    ]);
    expect([uncovered, notices]).toEqual([['fc2'], []]);
  });

  test('with each is one task a layer, each with its own count and output pixels', () => {
    const { tasks } = resolveTasks(exampleNetworks['lenet-5'](), ['each all: prune(10%)']);
    expect(tasks).toMatchObject([
      { name: 'conv1', parts: [{ kept: 50 }], spatial: 24 * 24 },
      { name: 'conv2', parts: [{ kept: 2500 }], spatial: 8 * 8 },
      { name: 'fc1', parts: [{ kept: 40_000 }], spatial: 1 },
      { name: 'fc2', parts: [{ kept: 500 }], spatial: 1 },
    ]);
  });

  test('with low rank, also in a sum, is one task a layer, and says so', () => {
    const { tasks, notices } = resolveTasks(lenet, [
      'fc1, fc2: prune(1%) + low-rank(rank=5) with repetitions=20',
    ]);
    expect(tasks).toMatchObject([
      { name: 'fc1', parts: [{ kept: 2352 }, { rank: 5 }], options: { repetitions: 20 } },
      { name: 'fc2', parts: [{ kept: 300 }, { rank: 5 }], options: { repetitions: 20 } },
    ]);
    expect(notices).toEqual([
      'tasks: line 1: low rank works on one layer, so each of the 2 layers of "fc1, fc2" is a task of its own.',
    ]);
  });
});

test('a convolution becomes a matrix by scheme 1 unless told otherwise; a dense layer needs none', () => {
  const tasks = [
    'conv1: low-rank(2)',
    'conv2: low-rank(2, scheme=2)',
    'fc1: low-rank(2, scheme=2)',
  ];
  const { tasks: resolved } = resolveTasks(exampleNetworks['lenet-5'](), tasks);
  expect(resolved.map(({ parts }) => parts)).toEqual([
    [{ name: 'low-rank', rank: 2, convScheme: 'scheme-1' }],
    [{ name: 'low-rank', rank: 2, convScheme: 'scheme-2' }],
    [{ name: 'low-rank', rank: 2 }],
  ]);
});

test('the long form has names', () => {
  const task = { name: 'small', layers: ['fc1', 'fc3'], compress: 'binarize' };
  expect(names([task])).toEqual(['small']);
  expect(names([{ ...task, each: true }])).toEqual(['small fc1', 'small fc3']);
  expect(names([{ layers: 'all', except: ['fc2'], compress: 'binarize' }])).toEqual([
    'all except fc2',
  ]);
});

describe('ranks that save nothing are told', () => {
  test.each([
    [75, []],
    [
      76,
      [
        'tasks: line 1, column 6: "fc2": rank 76 of a 100 x 300 matrix takes 30400 numbers, the matrix 30000.',
      ],
    ],
    [100, ['tasks: line 1, column 6: "fc2": full rank: 100 of a 100 x 300 matrix.']],
    [0, ['tasks: line 1, column 6: "fc2": rank 0: the output is the bias.']],
  ])('rank %i', (rank, notices) => {
    expect(resolveTasks(lenet, [`fc2: low-rank(${rank})`]).notices).toEqual(notices);
  });
});

test('a number of weights that may be meant as percent is told', () => {
  const notices = (amount: string) => resolveTasks(lenet, [`all: prune(${amount})`]).notices;
  expect(notices('5')).toEqual([
    expect.stringMatching(/5 of 266200 weights are left; a share of 5 percent is written 5%\.$/),
  ]);
  for (const amount of ['5%', '0', '300', '13310']) expect(notices(amount)).toEqual([]);
});

describe('tasks that cannot be done are refused', () => {
  test.each<[string, TasksInput, string, string]>([
    ['no task', [], 'NO_TASKS', 'expected at least one task'],
    ['no compression', ['fc1: nothing(1)'], 'UNKNOWN_COMPRESSION', 'line 1, column 6'],
    [
      'the same weights twice',
      ['fc1: binarize', 'all except fc3: ternarize'],
      'TASK_OVERLAP',
      'line 1 (fc1) and line 2 (all except fc3) both compress "fc1"',
    ],
    [
      'the same name twice',
      [
        { name: 'fc2', layers: 'fc1', compress: 'binarize' },
        { layers: 'fc2', compress: 'binarize' },
      ],
      'DUPLICATE_NAME',
      'line 1 and line 2 both make a task named "fc2"',
    ],
    [
      'more weights than there are',
      ['fc3: prune(1001)'],
      'BAD_TASK',
      'column 6: prune: 1001 weights cannot be left of 1000',
    ],
    [
      'less than one weight',
      ['fc3: prune(0.01%)'],
      'BAD_TASK',
      '0.01% of 1000 weights are less than one',
    ],
    [
      'more values than weights',
      ['fc3: quantize(1001)'],
      'BAD_TASK',
      '1000 weights cannot have 1001 different values',
    ],
    [
      'a rank above the smaller side',
      ['all: low-rank(11)'],
      'BAD_TASK',
      'line 1, column 6: low-rank: "fc3" is a 10 x 100 matrix of rank 10 at most; received rank 11',
    ],
    [
      'low rank of several layers together',
      [{ layers: ['fc1', 'fc2'], compress: ['prune(1%)', { name: 'low-rank', rank: 2 }] }],
      'BAD_TASK',
      'line 1: low-rank: low rank works on the matrix of one layer; received 2 together: fc1, fc2. Set "each: true"',
    ],
    [
      'rounds of one compression',
      ['all: binarize with repetitions=3'],
      'BAD_TASK',
      'expected several compressions, received binarize alone',
    ],
  ])('%s', (_title, tasks, code, told) => {
    const action = () => resolveTasks(lenet, tasks);
    expect(action).toThrow(expect.objectContaining({ code }));
    expect(action).toThrow('tasks: ');
    expect(action).toThrow(told);
  });

  test.each([
    ['depthwise: low-rank(1)', '"depthwise" is a depthwise convolution'],
    ['grouped: low-rank(1)', '"grouped" is a grouped convolution'],
    [
      'beside: low-rank(auto, cost=flops, alpha=1)',
      'cost "flops" needs the size of the output of "beside"',
    ],
  ])('%s', (line, told) => {
    expect(() => resolveTasks(mixed, [line])).toThrow(told);
  });

  test('the edges of the ranges are fine', () => {
    const tasks = ['fc1: prune(100%)', 'fc2: prune(0)', 'fc3: quantize(1000)'];
    expect(resolveTasks(lenet, tasks).tasks.map(({ parts }) => parts[0])).toMatchObject([
      { kept: 235_200 },
      { kept: 0 },
      { centroids: 1000 },
    ]);
  });
});

test('tasks are plain data but for the parameters', () => {
  const { tasks } = resolveTasks(lenet, ['all: prune(1%) + quantize(k=2)']);
  for (const { parts, options } of tasks) {
    expect(JSON.parse(JSON.stringify({ parts, options }))).toEqual({ parts, options });
  }
});
