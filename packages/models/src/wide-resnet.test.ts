import { describe, expect, test } from '@jest/globals';
import { Registry, definePlugin } from '@pare/core';
import { NetworkBuilder, costReport, topologicalOrder } from '@pare/graph';
import { hingeFlops } from './testing/hinge-flops.ts';
import { initialValues, spread } from './testing/initial-values.ts';
import { parameterCounts } from './testing/parameter-counts.ts';
import { createWideResnet, wideResnetParts } from './wide-resnet.ts';
import type { ModelTask } from '@pare/core';
import type { Network, Node } from '@pare/graph';

const cifar: ModelTask = { imageShape: [32, 32, 3], classes: 10 };
const build = (options: Parameters<typeof createWideResnet>[0] = {}, task = cifar) =>
  createWideResnet(options).build(new NetworkBuilder(), task);

/** Ops from the network's input to the named convolution's input. */
function opsBefore(network: Network, layer: string): string[] {
  const nodes = topologicalOrder([network.output]);
  const weight = network.parameters.find((p) => p.name === `${layer}.weight`)!.variable.node;
  const convolution = nodes.find((node) => node.inputs.some((value) => value.node === weight))!;
  const names: string[] = [];
  let node: Node = convolution.inputs[0]!.node;
  for (; node.op.name !== 'conv2d' && node.op.name !== 'input'; node = node.inputs[0]!.node) {
    names.push(node.op.name);
  }
  return names.reverse();
}

describe('sizes', () => {
  // BiP's code has a second copy of the first stage that nothing reads; its parameters, weights and layers are taken off.
  test.each([
    [28, 10, 38_119_866 - 1_640_672, 38_099_632, 1_638_400, 38 - 9, 38_093_232],
    [28, 4, 6_118_266 - 269_216, 6_110_128, 268_288, 38 - 9, 6_107_568],
    [28, 1, 388_186 - 18_688, 386_096, 18_432, 36 - 8, 385_456],
    [34, 10, 48_262_586 - 2_102_112, 48_237_232, 2_099_200, 46 - 11, 48_230_832],
    [40, 2, 2_350_778 - 107_232, 2_344_624, 106_496, 54 - 13, 2_343_344],
  ])(
    'BiP: WRN-%i-%i has the published parameters, weights and layers without the unused stage',
    (depth, width, total, weights, unused, layers, convolutions) => {
      expect(parameterCounts(build({ preset: 'bip', depth, width }))).toEqual({
        total,
        weights: weights - unused,
        layers,
        convolutions: convolutions - unused,
      });
      const more = parameterCounts(build({ depth, width }, { ...cifar, classes: 200 }));
      expect(more.total).toBe(total + 190 * (64 * width + 1));
    },
  );

  test.each([
    [10, 1, 77_850, 83_700],
    [16, 4, 2_748_890, 2_772_020],
    [28, 4, 5_849_050, 5_872_180],
    [28, 10, 36_479_194, 36_536_884],
  ])('DeepHoyer: WRN-%i-%i has the published parameters', (depth, width, ...published) => {
    const counts = [10, 100].map((classes) => {
      return parameterCounts(build({ preset: 'hoyer', depth, width }, { ...cifar, classes })).total;
    });
    expect(counts).toEqual(published);
  });

  test.each([
    [10, 17_122_250, 3_123_026_176],
    [100, 17_179_940, 3_123_083_776],
  ])(
    'Hinge: WRN-16-10 for %i classes has the published parameters and FLOPs',
    (classes, ...cost) => {
      const network = build({ preset: 'hinge' }, { ...cifar, classes });
      expect([parameterCounts(network).total, hingeFlops(network, { countsRelu: false })]).toEqual(
        cost,
      );
    },
  );
});

describe('layers', () => {
  test('have the names of the original, and no more with other options', () => {
    const names = (options = {}) => [
      ...new Set(build({ depth: 10, width: 2, ...options }).parameters.map((p) => p.layer)),
    ];
    const block = (stage: number) =>
      ['bn1', 'conv1', 'bn2', 'conv2', 'convShortcut'].map(
        (part) => `block${stage}.layer.0.${part}`,
      );
    expect(names()).toEqual(['conv1', ...[1, 2, 3].flatMap(block), 'bn1', 'fc']);
    expect(names({ preset: 'hinge', dropout: 0.3 })).toEqual(names());
  });

  test('a block is norm, ReLU, convolution, norm, ReLU, dropout, convolution', () => {
    const network = build({ depth: 16, width: 1, dropout: 0.3 });
    expect(opsBefore(network, 'block1.layer.1.conv2')).toEqual(['batchNorm', 'relu', 'dropout']);
    expect(opsBefore(build({ depth: 16, width: 1 }), 'block1.layer.1.conv2')).not.toContain(
      'dropout',
    );
    expect(opsBefore(network, 'block1.layer.0.conv1')).toEqual(['batchNorm', 'relu']);
  });

  test('shortcuts read what norm and ReLU gave; in the Hinge variant the input as it came', () => {
    const before = (preset?: 'hinge') =>
      opsBefore(build({ preset, depth: 10, width: 2 }), 'block2.layer.0.convShortcut');
    expect(before()).toEqual(['add', 'batchNorm', 'relu']);
    // The addition is the sum of the block before, the other the bias of its convolution.
    expect(before('hinge')).toEqual(['add', 'add']);
  });

  test('the first convolution of a stage has the stride; in the Hinge variant the second', () => {
    const sides = (preset?: 'hinge') => {
      const { layers } = costReport(build({ preset, depth: 10, width: 2 }));
      const sideOf = (name: string) => layers.find(({ layer }) => layer === name)!.outputShape[1];
      return [1, 2, 3].flatMap((stage) =>
        ['conv1', 'conv2'].map((conv) => sideOf(`block${stage}.layer.0.${conv}`)),
      );
    };
    expect(sides()).toEqual([32, 32, 16, 16, 8, 8]);
    expect(sides('hinge')).toEqual([32, 32, 32, 16, 16, 8]);
  });

  test('where the width stays there is no convolution in the shortcut', () => {
    const shortcuts = build({ depth: 16, width: 1 })
      .parameters.map((p) => p.name)
      .filter((name) => name.includes('convShortcut'));
    expect(shortcuts).toEqual(['block2', 'block3'].map((b) => `${b}.layer.0.convShortcut.weight`));
  });

  test('take images of any size', () => {
    const task: ModelTask = { imageShape: [1, 1, 1], classes: 3 };
    expect(build({ depth: 10, width: 1 }, task).output.shape).toEqual(['batch', 3]);
    expect(build({ depth: 10, width: 1, preset: 'hinge' }, task).output.shape).toEqual([
      'batch',
      3,
    ]);
  });
});

describe('first values and norms', () => {
  const { normal, uniform, constant } = spread;
  const sizes = { depth: 16, width: 10 };

  test('are those of the original unless told otherwise', () => {
    const dense = uniform(1 / Math.sqrt(640));
    const start = initialValues(build(sizes));
    expect(start).toMatchObject({
      'conv1.weight': normal(Math.sqrt(2 / (9 * 16))),
      'block1.layer.0.conv1.weight': normal(Math.sqrt(2 / (9 * 160))),
      'block1.layer.0.convShortcut.weight': normal(Math.sqrt(2 / 160)),
      'fc.weight': dense,
      'fc.bias': constant(0),
    });
    expect(initialValues(build({ ...sizes, preset: 'bip' }))).toEqual(start);
  });

  test("Hinge: PyTorch's, biases included", () => {
    expect(initialValues(build({ ...sizes, preset: 'hinge' }))).toMatchObject({
      'conv1.weight': uniform(1 / Math.sqrt(27)),
      'conv1.bias': uniform(1 / Math.sqrt(27)),
      'block1.layer.0.conv1.weight': uniform(1 / Math.sqrt(9 * 16)),
      'block1.layer.0.convShortcut.bias': uniform(1 / 4),
      'fc.bias': uniform(1 / Math.sqrt(640)),
    });
  });

  test('only the last norm of the Hinge variant has another momentum', () => {
    const momenta = (preset?: 'hinge') =>
      topologicalOrder([build({ ...sizes, preset }).output])
        .filter((node) => node.op.name === 'batchNorm')
        .map((node) => node.attributes.momentum);
    expect(momenta('hinge')).toEqual([...Array<number>(12).fill(0.1), 0.9]);
    expect(new Set(momenta())).toEqual(new Set([0.1]));
  });
});

describe('registered networks', () => {
  const plugin = definePlugin({ name: 'test', core: '*', provides: { model: wideResnetParts } });

  test('have the depth and width of their name', async () => {
    await using run = new Registry().use(plugin).openRun();
    const published = {
      'wrn-10-1': 77_850,
      'wrn-16-4': 2_748_890,
      'wrn-16-10': 17_116_634,
      'wrn-28-1': 369_498,
      'wrn-28-4': 5_849_050,
      'wrn-28-10': 36_479_194,
      'wrn-34-10': 46_160_474,
      'wrn-40-2': 2_243_546,
    };
    expect(Object.keys(wideResnetParts).slice(1)).toEqual(Object.keys(published));
    for (const [name, total] of Object.entries(published)) {
      const model = await run.create('model', name, {});
      const network = model.build(new NetworkBuilder(), cifar);
      expect([network.name, parameterCounts(network).total]).toEqual([name, total]);
    }
    const model = await run.create('model', 'wide-resnet', { depth: 10, width: 1 });
    expect(parameterCounts(model.build(new NetworkBuilder(), cifar)).total).toBe(77_850);
  });

  test.each([{ depth: 20 }, { depth: 4 }, { width: 0 }, { width: 1.5 }, { dropout: 1 }])(
    '%j is refused',
    (options) => {
      expect(() => createWideResnet(options)).toThrow(
        /model "wide-resnet": "(depth|width|dropout)"/,
      );
    },
  );

  test('a depth that cannot be is told with those that can', () => {
    expect(() => createWideResnet({ depth: 20 })).toThrow(
      'model "wide-resnet": "depth" must be 10, 16, 22, ... (6n + 4); received 20.',
    );
  });
});
