import { describe, expect, test } from '@jest/globals';
import { createCompression } from '../compressions/create-compression.ts';
import { exampleNetworks } from '../testing/networks.ts';
import { resolveTasks } from './resolve-tasks.ts';
import { weightsOf } from './task-group.ts';
import type { TasksInput } from './tasks-option.ts';

type Example = keyof typeof exampleNetworks;

/** Layers with what is done to them. */
function tasksOf(example: Example, tasks: TasksInput) {
  const resolved = resolveTasks(exampleNetworks[example](), tasks);
  for (const { parts, options } of resolved.tasks) createCompression(parts, options);
  return resolved.tasks.map(({ parameters, parts }) => [
    parameters.map(({ layer }) => layer).join(' '),
    ...parts,
  ]);
}

const values = (centroids: number) => ({ name: 'adaptive-quantization', centroids });
const kept = (count: number) => ({ name: 'l0-constraint', kept: count });
const rank = (r: number) => ({ name: 'low-rank', rank: r });
const learned = (alpha: number, more = {}) => ({
  name: 'rank-selection',
  criterion: 'storage',
  alpha,
  ...more,
});
const all = 'fc1 fc2 fc3';
const each = (part: object) => ['fc1', 'fc2', 'fc3'].map((layer) => [layer, part]);

describe('the examples with LeNet-300-100', () => {
  test.each<[string, TasksInput, unknown[]]>([
    ['pruning', ['all: prune(keep=5%)'], [[all, kept(13_310)]]],
    ['quantize_all', ['each all: quantize(k=2)'], each(values(2))],
    [
      'quantize_two_layers',
      ['each fc1, fc3: quantize(k=2)'],
      [
        ['fc1', values(2)],
        ['fc3', values(2)],
      ],
    ],
    [
      'all_mixed',
      ['fc1: prune(keep=5000)', 'fc2: low-rank(rank=10)', 'fc3: quantize(k=2)'],
      [
        ['fc1', kept(5000)],
        ['fc2', rank(10)],
        ['fc3', values(2)],
      ],
    ],
    [
      'low_rank',
      { fc1: 'low-rank(rank=80)', fc2: 'low-rank(rank=7)', fc3: 'low-rank(rank=9)' },
      [
        ['fc1', rank(80)],
        ['fc2', rank(7)],
        ['fc3', rank(9)],
      ],
    ],
    [
      'low_rank_with_selection',
      ['all: low-rank(auto, cost=storage, alpha=1e-6, scheme=1)'],
      each(learned(1e-6)),
    ],
    [
      'additive_quant_and_prune',
      ['all: prune(keep=1%) + quantize(k=2)'],
      [[all, kept(2662), values(2)]],
    ],
    [
      'mixed, of the notebooks',
      'fc1: prune(5000)\nfc2: low-rank(9)\nfc3: quantize(2)',
      [
        ['fc1', kept(5000)],
        ['fc2', rank(9)],
        ['fc3', values(2)],
      ],
    ],
    [
      'learned ranks, of the notebooks',
      ['all: low-rank(auto, alpha=1e-9, normalize)'],
      each(learned(1e-9, { normalize: true })),
    ],
    ['scaled ternary', ['each all: ternarize(scale)'], each({ name: 'scaled-ternary' })],
    ['scaled binary', ['each all: binarize(scale)'], each({ name: 'scaled-binary' })],
  ])('%s', (_name, tasks, expected) => {
    expect(tasksOf('lenet-300-100', tasks)).toEqual(expected);
  });
});

describe('learned ranks of whole networks', () => {
  const flops = { criterion: 'flops', convScheme: 'scheme-1' };

  test('lenet300_all: ranks by storage or by multiply-adds are the same for dense layers', () => {
    const tasks = ['all: low-rank(auto, cost=flops, alpha=.25e-6)'];
    expect(tasksOf('lenet-300-100', tasks)).toEqual(each(learned(0.25e-6, { criterion: 'flops' })));
  });

  test.each<[Example, string, number, number]>([
    ['lenet-5', 'all', 4, 2_293_000],
    ['nin', 'all', 9, 222_486_528],
    ['resnet-20', 'all conv', 19, 40_551_040 - 640],
    ['vgg-16', 'all', 15, 313_463_808],
  ])('%s, %s: %i tasks with all multiply-adds', (example, layers, count, macs) => {
    const line = `${layers}: low-rank(auto, cost=flops, alpha=1e-9, normalize)`;
    const { tasks, notices } = resolveTasks(exampleNetworks[example](), [line]);
    expect(tasks).toHaveLength(count);
    expect(tasks.map(({ name }) => name)).toEqual(
      tasks.map(({ parameters }) => parameters[0]!.layer),
    );
    // Weights are used once for each pixel of the output.
    const used = tasks.map(({ parameters, spatial }) => weightsOf(parameters) * spatial!);
    expect(used.reduce((sum, each) => sum + each, 0)).toBe(macs);
    for (const { parameters, parts } of tasks) {
      const scheme = parameters[0]!.layout === 'hwio' ? flops : { criterion: 'flops' };
      expect(parts).toEqual([learned(1e-9, { normalize: true, ...scheme })]);
    }
    expect(notices).toEqual([expect.stringContaining(`each of the ${count} layers`)]);
  });

  test('resnet20_conv_only leaves the dense layer as it is', () => {
    const line = 'all conv: low-rank(auto, cost=flops, alpha=1e-9, normalize)';
    expect(resolveTasks(exampleNetworks['resnet-20'](), [line]).uncovered).toEqual(['fc']);
  });
});
