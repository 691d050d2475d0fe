import { describe, expect, test } from '@jest/globals';
import { SeededRandom } from '@pare/core';
import { NetworkBuilder, flatten, relu } from '@pare/graph';
import { hoyerMethod } from './hoyer-method.ts';
import { hoyerOptions } from './options.ts';
import { hoyerSettings } from './settings.ts';
import type {
  CompressedState,
  DatasetInfo,
  HostTensor,
  Tensors,
  TrainStage,
  TransformStage,
} from '@pare/core';

/** conv1 1 → 2 filters 3 × 3 on 4 × 4 images, fc1 8 → 2. */
function smallNetwork() {
  const builder = new NetworkBuilder();
  const x = builder.input([4, 4, 1]);
  const y = relu(builder.conv2d('conv1', x, { filters: 2, kernel: 3 }));
  return builder.build('small', x, builder.dense('fc1', flatten(y), { units: 2 }));
}

const network = smallNetwork();
const dataset: DatasetInfo = {
  name: 'none',
  imageShape: [4, 4, 1],
  classes: 2,
  sizes: {},
  normalization: { mean: [0], deviation: [1] },
  source: 'test',
};
const weights = (value: (i: number) => number): Map<string, HostTensor> =>
  new Map(
    network.parameters.map(({ name, shape }): [string, HostTensor] => {
      const size = shape.reduce((a, b) => a * b, 1);
      return [
        name,
        { dtype: 'float32', shape, data: Float32Array.from({ length: size }, (_, i) => value(i)) },
      ];
    }),
  );
const plan = (options: object) =>
  hoyerMethod(hoyerOptions.parse(options)).plan({ network, dataset });
const settings = (options: object) => hoyerSettings(hoyerOptions.parse(options));

describe('the plan', () => {
  test('trains, prunes and fine-tunes by default', () => {
    const [train, prune, finetune] = plan({}) as [TrainStage, TransformStage, TrainStage];
    expect(train).toMatchObject({
      name: 'train',
      epochs: 250,
      batchSize: 100,
      optimizer: { name: 'adam', learningRate: 1e-3 },
    });
    expect(prune).toMatchObject({ kind: 'transform', name: 'prune' });
    expect(finetune).toMatchObject({
      name: 'finetune',
      epochs: 50,
      keep: 'best',
      startCompetes: true,
    });
  });

  test('has the stages that were asked for', () => {
    const names = (options: object) => plan(options).map(({ name }) => name);
    expect(names({ pretrain: { epochs: 3 } })).toEqual(['pretrain', 'train', 'prune', 'finetune']);
    expect(names({ prune: false, finetune: false })).toEqual(['train']);
    expect(names({ train: false })).toEqual(['prune', 'finetune']);
    expect(() => plan({ train: false, prune: false, finetune: false })).toThrow(
      /leave at least one of them on/,
    );
  });

  test('has no objective of its own without a regularizer, and says that a strength is idle', () => {
    const notes: string[] = [];
    const log = { info: (note: string) => void notes.push(note) };
    const options = hoyerOptions.parse({ regularizer: 'none', strength: 0.1 });
    const [train] = hoyerMethod(options, log).plan({ network, dataset }) as [TrainStage];
    expect(train.objective).toBeUndefined();
    expect(notes).toEqual(['hoyer: the strength 0.1 has no effect without a regularizer.']);
  });
});

describe('defaults', () => {
  test('of fine-tuning follow the pruning rule', () => {
    expect(settings({}).finetune).toMatchObject({
      epochs: 50,
      learningRate: 1e-3,
      weightDecay: 1e-4,
      keep: 'best',
    });
    const fixed = settings({ prune: { rule: 'fixed' } });
    expect(fixed.prune).toMatchObject({ rule: 'fixed', threshold: 0.001, biases: true });
    expect(fixed.finetune).toMatchObject({
      epochs: 100,
      learningRate: 1e-4,
      weightDecay: 0,
      keep: 'last',
    });
  });

  test('know the pruning rule from its setting', () => {
    expect(settings({ prune: { sensitivity: 0.03 } }).prune).toMatchObject({
      rule: 'std-ratio',
      sensitivity: 0.03,
    });
    expect(settings({ prune: { threshold: 0.01 } }).prune).toMatchObject({
      rule: 'fixed',
      threshold: 0.01,
    });
  });

  test('of weight decay follow the regularizer', () => {
    expect(settings({ regularizer: 'hs' }).train!.weightDecay).toBe(0);
    expect(settings({ regularizer: 'group-hs' }).train!.weightDecay).toBe(1e-4);
    expect(
      settings({ regularizer: 'group-hs', train: { weightDecay: 0 } }).train!.weightDecay,
    ).toBe(0);
    const dense = { script: 'structure', regularizer: 0 };
    expect(settings(dense).train!.weightDecay).toBe(1e-4);
    expect(settings({ ...dense, script: 'element' }).train!.weightDecay).toBe(0);
  });

  test('of the reference preset are those of the scripts', () => {
    const lasso = { regularizer: 1, script: 'structure' };
    expect(settings({ preset: 'reference', ...lasso })).toMatchObject({
      regularizer: 'group-lasso',
      strength: 1e-3,
      grouping: 'kernel-position',
    });
    expect(settings({ regularizer: 'group-lasso' }).grouping).toBe('filter-channel');
    // Not 0.001: the note that a strength is idle would blame the user.
    expect(settings({ preset: 'reference', regularizer: 'none' }).strength).toBe(0);
  });

  test('of the reference preset leave out the epoch that the V script never tests', () => {
    expect(settings({ preset: 'reference' }).finetune!.epochs).toBe(49);
    expect(settings({ preset: 'reference', finetune: { epochs: 1 } }).finetune).toBeUndefined();
    const fixed = { preset: 'reference', prune: { rule: 'fixed' } };
    expect(settings(fixed).finetune!.epochs).toBe(100);
    expect(settings({ ...fixed, finetune: { keep: 'best' } }).finetune!.epochs).toBe(100);
  });
});

describe('options', () => {
  test.each([
    [{ strength: -1 }],
    [{ strength: Infinity }],
    [{ prune: { sensitivity: -0.1 } }],
    [{ prune: { rule: 'fixed', sensitivity: 0.1 } }],
    [{ prune: { threshold: NaN } }],
    [{ batchSize: 0 }],
    [{ train: { epochs: 0 } }],
    [{ train: { learningRate: 0 } }],
    [{ regularizer: 'ridge' }],
    [{ lambda: 1 }],
  ])('refuse %j', (options) => {
    expect(hoyerOptions.safeParse(options).success).toBe(false);
  });
});

describe('the pruning stage', () => {
  const run = async (value: (i: number) => number, options: object = {}) => {
    const lines: string[] = [];
    const stage = plan({ prune: { threshold: 0.5 }, ...options }).find(
      ({ name }) => name === 'prune',
    ) as TransformStage;
    const state = {
      network,
      weights: weights(value),
      log: (line: string) => void lines.push(line),
      random: new SeededRandom(1),
    };
    return { lines, ...(await stage.run(state)) };
  };

  test('names each threshold and reports what is left', async () => {
    // Every other element is small.
    const { lines, report } = await run((i) => (i % 2 === 0 ? 1 : 0.1));
    expect(lines).toContain('Pruning with threshold : 0.5 for layer fc1.weight');
    expect(lines.join()).not.toContain('Warning');
    // conv1 18 + 2, fc1 16 + 2: 38 parameters, half of each even-sized tensor is left.
    expect(report!.values).toMatchObject({
      total: 38,
      alive: 19,
      kept: 0.5,
      compression: 2,
      elementSparsity: 0.5,
    });
    // Even elements belong to output 0 in both layers: 1 of 2 filters, all channels.
    expect(report!.values).toMatchObject({
      structureSparsity: 0.5,
      denseMacs: 72 + 16,
      structureMacs: 36 + 8,
    });
    expect(report!.tables[0]!.rows[0]).toMatchObject({
      name: 'conv1.weight',
      alive: 9,
      total: 18,
      filters: '1 / 2',
    });
  });

  test('warns when a layer is left without weights', async () => {
    const some = await run((i) => (i === 17 ? 1 : 0.1));
    expect(some.lines.at(-1)).toMatch(/^Warning: pruning left no weight alive in "fc1.weight";/);
    const none = await run(() => 0.1);
    expect(none.lines.at(-1)).toMatch(/^Warning: pruning left no weight alive in any layer;/);
    expect(none.report!.values).toMatchObject({ alive: 0, compression: 'inf' });
  });

  test('can leave biases alone', async () => {
    const { weights: after } = await run(() => 0.1, { prune: { threshold: 0.5, biases: false } });
    expect(after.get('fc1.bias')!.data[0]).toBe(Math.fround(0.1));
    expect(after.get('fc1.weight')!.data[0]).toBe(0);
  });
});

describe('fine-tuning with stored masks', () => {
  test('takes them from the weights that it starts with', () => {
    const options = { prune: { threshold: 0.5, biases: false }, finetune: { freeze: 'mask' } };
    const stage = plan(options).at(-1) as TrainStage;
    const of = stage.variables as (state: CompressedState) => Tensors;
    const masks = of({ network, weights: weights((i) => (i % 2) * 0.1) });
    expect([...masks.keys()]).toEqual(['hoyer/mask/conv1.weight', 'hoyer/mask/fc1.weight']);
    expect([...masks.get('hoyer/mask/fc1.weight')!.data].slice(0, 4)).toEqual([0, 1, 0, 1]);
  });
});

test('the result has one operating point', () => {
  const method = hoyerMethod(hoyerOptions.parse({}));
  expect(method.operatingPoints({ network, weights: weights(() => 1) })).toEqual([
    { name: 'pruned', settings: {} },
  ]);
  expect(method.paper).toContain('ICLR 2020');
});
