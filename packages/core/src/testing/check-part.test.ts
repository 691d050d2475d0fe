import { describe, expect, test } from '@jest/globals';
import { flatten, log, mul, normal, relu } from '@pare/graph';
import type { FanInitializer, NetworkBuilder } from '@pare/graph';
import { sgd } from '../optimizers/sgd.ts';
import { partChecks } from './check-part.ts';
import type { CompressedState, Method, TrainStage } from '../contracts/method.ts';
import type { Model } from '../contracts/model.ts';

const stage: TrainStage = {
  kind: 'train',
  name: 'train',
  epochs: 3,
  batchSize: 8,
  optimizer: sgd({ learningRate: 0.1 }),
};

const method = (parts: Partial<Method> = {}): Method => ({
  name: 'plain',
  paper: 'none',
  plan: () => [stage],
  report: () => ({ values: {}, tables: [] }),
  operatingPoints: () => [{ name: 'full', settings: {} }],
  ...parts,
});

const checkMethod = (parts?: Partial<Method>) =>
  partChecks.method!.check(() => Promise.resolve(method(parts)));

describe('a method', () => {
  test('that trains passes', async () => {
    await checkMethod();
  });

  test('whose loss is not finite fails', async () => {
    const broken: TrainStage = {
      ...stage,
      objective: ({ forward, taskLoss }) => {
        const { output, updates } = forward();
        return { total: log(mul(taskLoss(output), -1)), logits: output, metrics: {}, updates };
      },
    };
    await expect(checkMethod({ plan: () => [broken] })).rejects.toThrow();
  });

  test('that gives other weights the next time fails', async () => {
    let runs = 0;
    const unsteady = () => [{ ...stage, optimizer: sgd({ learningRate: 0.1 * ++runs }) }];
    await expect(checkMethod({ plan: unsteady })).rejects.toThrow();
  });

  test('with a row in a table of its plan that has other cells than columns fails', async () => {
    const columns = [{ key: 'layer', title: 'layer' }];
    const tables = (row: Record<string, string>) => () => [{ title: 'plan', columns, rows: [row] }];
    await checkMethod({ planTables: tables({ layer: 'fc1' }) });
    await expect(checkMethod({ planTables: tables({ lair: 'fc1' }) })).rejects.toThrow('lair');
  });

  test('without operating points, or with a weight that is not finite there, fails', async () => {
    await expect(checkMethod({ operatingPoints: () => [] })).rejects.toThrow();
    const at = ({ network, weights }: CompressedState): CompressedState => {
      const [name, tensor] = [...weights][0]!;
      const data = new Float32Array(tensor.shape.reduce((a, b) => a * b, 1)).fill(Number.NaN);
      const broken = { dtype: 'float32', shape: tensor.shape, data } as const;
      return { network, weights: new Map([...weights, [name, broken]]) };
    };
    await expect(checkMethod({ at })).rejects.toThrow('conv1.weight');
  });
});

describe('a model', () => {
  const model = (units: number, layer = () => 'fc'): Model => ({
    name: 'flat',
    build: (builder: NetworkBuilder, { imageShape }) => {
      const x = builder.input(imageShape);
      const logits = builder.dense(layer(), relu(flatten(x)), { units });
      return builder.build('flat', x, logits);
    },
  });
  const check = (made: Model) => partChecks.model!.check(() => Promise.resolve(made));

  test('with logits of the classes and steady names passes; others fail', async () => {
    await check(model(10));
    await expect(check(model(9))).rejects.toThrow();
    let count = 0;
    await expect(check(model(10, () => `fc${count++}`))).rejects.toThrow();
  });

  test('whose first weights are not finite, or too few, fails', async () => {
    const starting = (initializer: FanInitializer): Model => ({
      name: 'started',
      build: (builder: NetworkBuilder, { imageShape }) => {
        const x = builder.input(imageShape);
        const logits = builder.dense('fc', flatten(x), { units: 10, initializer });
        return builder.build('started', x, logits);
      },
    });
    await check(starting(() => normal(0.1)));
    await expect(check(starting(() => normal(Infinity)))).rejects.toThrow('fc.weight');
    await expect(check(starting(() => ({ kind: 'values', values: [1] })))).rejects.toThrow(
      'needs 7840 first values; received 1',
    );
  });
});

test('a schedule that is not finite or below 0 fails', async () => {
  const check = (factor: number) => partChecks.schedule!.check(() => Promise.resolve(() => factor));
  await check(0.5);
  await expect(check(Number.NaN)).rejects.toThrow();
  await expect(check(-0.1)).rejects.toThrow();
});
