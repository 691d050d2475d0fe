import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTfjsEngine } from '@pare/engine-tfjs';
import {
  NetworkBuilder,
  gradients,
  input,
  instantiate,
  mean,
  softmaxCrossEntropy,
} from '@pare/graph';
import { createLenet300100, createLenet5, lenet300100Options, lenet5Options } from '@pare/models';
import { filled, images, labels } from './testing/oracle-inputs.ts';
import { relativeError } from './testing/parameters.ts';
import { runSteps } from './testing/run-steps.ts';
import { hoyerMethod } from './hoyer-method.ts';
import { hoyerOptions } from './options.ts';
import { regularizer } from './regularizers/regularizer.ts';
import { elementKinds } from './regularizers/regularizer-kind.ts';
import type { DatasetInfo, Engine, Model, TrainStage } from '@pare/core';
import type { Network, Value } from '@pare/graph';

const task = { imageShape: [28, 28, 1], classes: 10 } as const;
const build = (model: Model): Network => model.build(new NetworkBuilder(), task);
const networks = {
  mlp: build(createLenet300100(lenet300100Options.parse({}))),
  cnn: build(createLenet5(lenet5Options.parse({}))),
};
const dataset: DatasetInfo = {
  ...task,
  name: 'mnist',
  sizes: {},
  normalization: { mean: [0], deviation: [1] },
  source: 'test',
};

// The reference would take half a minute; that it and the engine agree is for the engine's own tests.
let engine: Engine;
beforeAll(async () => {
  engine = await createTfjsEngine({ backend: 'wasm' });
});
afterAll(() => engine.dispose());

/** Runs Adam steps of the training stage that the method plans, on one batch. */
function train(network: Network, options: object, count: number) {
  const stages = hoyerMethod(hoyerOptions.parse(options)).plan({ network, dataset });
  const stage = stages.find(({ name }) => name === 'train') as TrainStage;
  const y = input('y', ['batch'], 'int32');
  const objective = stage.objective!({
    network,
    x: network.input,
    labels: y,
    weights: new Map(),
    forward: () => instantiate(network, { mode: 'train' }),
    taskLoss: (logits: Value) => mean(softmaxCrossEntropy(logits, y)),
  });
  const { parameters } = network;
  const step = {
    parameters,
    gradients: gradients(
      objective.total,
      parameters.map((p) => p.variable),
    ),
    optimizer: stage.optimizer,
    outputs: { ...objective.metrics },
    feeds: () => ({ x: images, y: labels }),
  };
  return runSteps(step, count, filled(network), engine);
}

function expectClose(
  actual: readonly (number | undefined)[],
  expected: readonly number[],
  tolerance: number,
) {
  expected.forEach((value, i) => {
    expect(relativeError([actual[i]!], [value])).toBeLessThan(tolerance);
  });
}

describe('the regularizer of a whole network', () => {
  // Oracle O11.
  test.each([
    ['mlp', [5229.305, 624.0769, 199907.8, 10179.95]],
    ['cnn', [7961.27, 797.4175, 323229.1, 15528.05]],
  ] as const)('of %s is that of the original', async (name, expected) => {
    const network = networks[name];
    const terms = elementKinds.map((kind) => regularizer(kind)(network.parameters));
    const step = {
      parameters: [],
      gradients: [],
      optimizer: {
        name: 'none',
        learningRate: 0,
        plan: () => ({ updates: [], state: new Map(), feeds: () => ({}) }),
      },
      outputs: Object.fromEntries(elementKinds.map((kind, i) => [kind, terms[i]!])),
      feeds: () => ({}),
    };
    const { history } = await runSteps(step, 1, filled(network));
    expectClose(
      elementKinds.map((kind) => history[0]![kind]),
      expected,
      1e-5,
    );
  });
});

describe('five steps of regularized training', () => {
  // Oracle O12: task loss before each step and after the last, R before the first and the fifth.
  test('of mlp with hs, and the small weights after it', async () => {
    const { history, states } = await train(networks.mlp, { regularizer: 'hs', strength: 2e-4 }, 6);
    const losses = [2.429226, 2.312392, 2.172405, 1.988874, 1.780838, 1.565422];
    expectClose(
      history.map(({ loss }) => loss),
      losses,
      1e-4,
    );
    expectClose([history[0]!.reg, history[4]!.reg], [199907.8, 169993.8], 1e-4);
    const small = (name: string) =>
      Array.from(states[4]!.get(name)!.data).filter((value) => Math.abs(value) < 0.01).length;
    expect(['fc1', 'fc2', 'fc3'].map((layer) => small(`${layer}.weight`))).toEqual([
      94881, 7355, 110,
    ]);
  });

  test.each([
    {
      name: 'mlp',
      options: { regularizer: 'group-hs', strength: 0.002 },
      losses: [2.429226, 2.278831, 1.98335, 1.658299, 1.347285, 1.088205],
      regs: [1593.721, 1590.295],
    },
    {
      name: 'cnn',
      options: { regularizer: 'hs', strength: 1e-4 },
      losses: [2.507504, 1.941069, 1.151815, 0.8058123, 0.7047288, 0.697234],
      regs: [323229.1, 277790.8],
    },
    {
      name: 'cnn',
      options: { regularizer: 'group-hs', strength: 0.1 },
      losses: [2.507504, 1.92207, 1.18471, 0.84754, 0.71522, 0.75805],
      regs: [1900.833, 1888.404],
    },
  ] as const)('of $name with $options.regularizer', async ({ name, options, losses, regs }) => {
    const { history } = await train(networks[name], options, 6);
    expectClose(
      history.map(({ loss }) => loss),
      losses,
      1e-4,
    );
    expectClose([history[0]!.reg, history[4]!.reg], regs, 1e-4);
  });

  test.each([
    ['hoyer', 0.02, 1.16535],
    ['tl1', 2e-5, 1.119753],
  ])('of mlp with %s', async (kind, strength, last) => {
    const { history } = await train(networks.mlp, { regularizer: kind, strength }, 6);
    expectClose([history[5]!.loss], [last], 1e-4);
  });
});
