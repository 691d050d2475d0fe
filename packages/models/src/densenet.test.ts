import { describe, expect, test } from '@jest/globals';
import { Registry, definePlugin } from '@pare/core';
import { NetworkBuilder, costReport, topologicalOrder } from '@pare/graph';
import { createDensenet, densenetParts } from './densenet.ts';
import { hingeFlops } from './testing/hinge-flops.ts';
import { initialValues, spread } from './testing/initial-values.ts';
import { parameterCounts } from './testing/parameter-counts.ts';
import type { ModelTask } from '@pare/core';

const cifar: ModelTask = { imageShape: [32, 32, 3], classes: 10 };

type Options = Parameters<typeof createDensenet>[0];
const build = (options: Options = {}, task = cifar) =>
  createDensenet(options).build(new NetworkBuilder(), task);
const compressed = { bottleneck: true, compression: 0.5 } as const;

describe('sizes', () => {
  test.each([
    [22, 12, 71_686, 77_986],
    [100, 12, 769_162, 800_032],
    [190, 40, 25_624_430, 25_821_620],
  ])(
    'DeepHoyer: DenseNet-BC-%i, k = %i has the published parameters',
    (depth, growth, ...published) => {
      const counts = [10, 100].map((classes) => {
        return parameterCounts(build({ preset: 'hoyer', depth, growth }, { ...cifar, classes }))
          .total;
      });
      expect(counts).toEqual(published);
    },
  );

  test.each([
    [10, 1_059_298, 290_105_808],
    [100, 1_100_428, 290_146_848],
  ])(
    'Hinge: DenseNet-40 for %i classes has the published parameters and FLOPs',
    (classes, ...cost) => {
      const network = build({ preset: 'hinge' }, { ...cifar, classes });
      expect([parameterCounts(network).total, hingeFlops(network, { countsRelu: true })]).toEqual(
        cost,
      );
    },
  );

  test('channels of DenseNet-BC-100 grow as published: 24, 216, 108, 300, 150, 342', () => {
    const { parameters } = build({ preset: 'hoyer' });
    const shape = (layer: string) => parameters.find((p) => p.name === `${layer}.weight`)!.shape;
    expect([
      shape('features.conv0')[3],
      ...shape('features.transition1.conv').slice(2),
      ...shape('features.transition2.conv').slice(2),
      shape('classifier')[0],
    ]).toEqual([24, 216, 108, 300, 150, 342]);
    expect(shape('features.denseblock1.denselayer2.conv1')).toEqual([1, 1, 36, 48]);
    expect(shape('features.denseblock1.denselayer2.conv2')).toEqual([3, 3, 48, 12]);
  });

  test('the first convolution has 16 filters, twice the growth with bottlenecks or if asked', () => {
    const filters = (options: Options) => build({ growth: 6, ...options }).parameters[0]!.shape[3];
    expect(filters({})).toBe(16);
    expect(filters({ bottleneck: true })).toBe(12);
    expect(filters({ stemFilters: 'twice-growth' })).toBe(12);
  });

  test('a transition keeps the whole number of channels below the share, at least one', () => {
    const kept = (compression: number) =>
      build({ depth: 7, growth: 1, compression })
        .parameters.find((p) => p.name === 'features.transition1.conv.weight')!
        .shape.slice(2);
    expect(kept(0.5)).toEqual([17, 8]);
    expect(kept(0.01)).toEqual([17, 1]);
  });
});

describe('layers', () => {
  test('have the names of torchvision', () => {
    const names = (options: Options) => [
      ...new Set(build(options).parameters.map((p) => p.layer.replace('features.', ''))),
    ];
    const between = (layers: (block: number) => string[]) => [
      'conv0',
      ...layers(1),
      'transition1.norm',
      'transition1.conv',
      ...layers(2),
      'transition2.norm',
      'transition2.conv',
      ...layers(3),
      'norm5',
      'classifier',
    ];
    const parts = (...names: string[]) =>
      between((block) => names.map((name) => `denseblock${block}.denselayer1.${name}`));
    expect(names({ depth: 7 })).toEqual(parts('norm1', 'conv1'));
    expect(names({ depth: 10, bottleneck: true })).toEqual(
      parts('norm1', 'conv1', 'norm2', 'conv2'),
    );
  });

  test('what a layer adds stands behind what it reads, after dropout', () => {
    const ops = (dropout: number) => {
      const nodes = topologicalOrder([build({ depth: 7, dropout }).output]);
      const joins = nodes.filter((node) => node.op.name === 'concat');
      return joins.map((node) => node.inputs.map(({ node: { op }, shape }) => [op.name, shape[3]]));
    };
    const joined = (last: string) => [
      [
        ['conv2d', 16],
        [last, 12],
      ],
      [
        ['avgPool', 28],
        [last, 12],
      ],
      [
        ['avgPool', 40],
        [last, 12],
      ],
    ];
    expect(ops(0)).toEqual(joined('conv2d'));
    expect(ops(0.2)).toEqual(joined('dropout'));
  });

  test('take images from 4 x 4, also of odd sides', () => {
    const at = (height: number, width: number) =>
      build({ depth: 10, bottleneck: true }, { imageShape: [height, width, 3], classes: 4 });
    expect(at(4, 4).output.shape).toEqual(['batch', 4]);
    const odd = costReport(at(13, 10)).layers.find((l) => l.layer === 'features.norm5')!;
    expect(odd.outputShape.slice(1, 3)).toEqual([3, 2]);
    expect(() => at(4, 3)).toThrow('densenet: needs images of at least 4 x 4 pixels');
  });

  test('a depth that does not make three equal blocks is refused', () => {
    expect(() => createDensenet({ depth: 41 })).toThrow(
      'model "densenet": "depth" must be 7, 10, 13, ... (3n + 4) without bottlenecks; received 41.',
    );
    expect(() => createDensenet({ depth: 13, ...compressed })).toThrow(
      '"depth" must be 10, 16, 22, ... (6n + 4) with bottlenecks; received 13.',
    );
  });

  test.each([{ compression: 0 }, { compression: 2 }, { growth: 0 }, { dropout: 1 }, { depth: 4 }])(
    '%j is refused',
    (options) => {
      expect(() => createDensenet(options)).toThrow('model "densenet": "');
    },
  );
});

describe('first values', () => {
  const { normal, uniform, constant } = spread;
  const first = 'features.denseblock1.denselayer1.conv1.weight';

  test('are those of the original unless told otherwise', () => {
    expect(initialValues(build())).toMatchObject({
      [first]: normal(Math.sqrt(2 / (9 * 12))),
      'classifier.weight': uniform(1 / Math.sqrt(448)),
      'classifier.bias': constant(0),
    });
  });

  test("DeepHoyer: the classifier's bias starts as in PyTorch", () => {
    const start = initialValues(build({ preset: 'hoyer' }));
    expect(start[first]).toBe(normal(Math.sqrt(2 / 48)));
    expect(start['classifier.bias']).toBe(uniform(1 / Math.sqrt(342)));
  });

  test('Hinge: by the fan in, 2 / fan in and 1 / fan in', () => {
    expect(initialValues(build({ preset: 'hinge' }))).toMatchObject({
      [first]: normal(Math.sqrt(2 / (9 * 24))),
      'classifier.weight': normal(Math.sqrt(1 / 456)),
      'classifier.bias': constant(0),
    });
  });
});

describe('registered networks', () => {
  const plugin = definePlugin({ name: 'test', core: '*', provides: { model: densenetParts } });

  test('have the sizes of their name', async () => {
    await using run = new Registry().use(plugin).openRun();
    const published = {
      densenet: 1_019_722,
      'densenet-40': 1_019_722,
      'densenet-bc-40-12': 176_122,
      'densenet-bc-100-12': 769_162,
      'densenet-bc-190-40': 25_624_430,
    };
    expect(Object.keys(densenetParts)).toEqual(Object.keys(published));
    for (const [name, total] of Object.entries(published)) {
      const network = (await run.create('model', name, {})).build(new NetworkBuilder(), cifar);
      expect([network.name, parameterCounts(network).total]).toEqual([name, total]);
    }
    const hinge = await run.create('model', 'densenet-40', { preset: 'hinge' });
    const { total } = parameterCounts(hinge.build(new NetworkBuilder(), cifar));
    expect(total).toBe(1_059_298);
  });
});
