import { expect } from '@jest/globals';
import { NetworkBuilder, input, program } from '@pare/graph';
import { SeededRandom } from '../random/seeded-random.ts';
import { initializeParameter } from '../random/initialize.ts';
import { checkCompression } from './check-compression.ts';
import { checkMethod } from './check-method.ts';
import { expectFinite } from './expect-finite.ts';
import { blobNetwork } from './train-briefly.ts';
import type { Network } from '@pare/graph';
import type { Model, ModelTask } from '../contracts/model.ts';
import type { Optimizer } from '../contracts/optimizer.ts';
import type { Schedule } from '../contracts/schedule.ts';
import type { Tensors } from '../contracts/tensor.ts';
import type { Kind, PartTypes } from '../registry/kinds.ts';

/** What a part of some kind must do, and its check with jest's `expect`. */
export interface PartCheck<K extends Kind> {
  readonly claim: string;
  /** `create` makes a fresh part with the same options each time. */
  readonly check: (create: () => Promise<PartTypes[K]>) => Promise<void>;
}

/** Checks by kind; data sets, engines and the like need things that are not there in a test of any plugin. */
export const partChecks: { readonly [K in Kind]?: PartCheck<K> } = {
  method: {
    claim:
      'trains a small network, the same for the same seed, to a result that runs at every setting',
    check: (create) => checkMethod(create),
  },
  compression: {
    claim: 'projects weights the same each time, not farther off than zero, and keeps plain data',
    check: checkCompression,
  },
  model: { claim: 'builds a classifier with finite first weights', check: checkModel },
  optimizer: { claim: 'plans updates that make a program', check: checkOptimizer },
  schedule: { claim: 'gives a finite factor of at least 0 at all times', check: checkSchedule },
};

const tasks: readonly ModelTask[] = [
  { imageShape: [28, 28, 1], classes: 10 },
  { imageShape: [32, 32, 3], classes: 10 },
  { imageShape: [224, 224, 3], classes: 10 },
  { imageShape: [256, 256, 3], classes: 10 },
];

async function checkModel(create: () => Promise<Model>): Promise<void> {
  const network = firstNetwork(await create());
  const again = firstNetwork(await create());
  expect(network.output.shape).toEqual(['batch', 10]);
  expect(network.parameters.length).toBeGreaterThan(0);
  expect(parameterNames(again)).toEqual(parameterNames(network));
  expectFinite(sampleNetwork(network));
}

/** Numbers that are drawn for one parameter: all come from the same initializer, and models have up to 10^8 of them. */
const drawn = 100;

/** The first values of every parameter, of long ones the first few; those that are given one by one in full. */
function sampleNetwork({ parameters }: Network): Tensors {
  const random = new SeededRandom(1);
  return new Map(
    parameters.map((parameter) => {
      const size = parameter.shape.reduce((a, b) => a * b, 1);
      const given = parameter.initializer.kind === 'values';
      const sample = given ? parameter : { ...parameter, shape: [Math.min(size, drawn)] };
      return [parameter.name, initializeParameter(sample, random.fork(parameter.name))];
    }),
  );
}

/** The network for the smallest images that the model takes. */
function firstNetwork(model: Model): Network {
  const failures: unknown[] = [];
  for (const task of tasks) {
    try {
      return model.build(new NetworkBuilder(), task);
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(failures, `Model "${model.name}" builds for no usual size of images.`);
}

async function checkOptimizer(create: () => Promise<Optimizer>): Promise<void> {
  const optimizer = await create();
  const pairs = blobNetwork().parameters.map((parameter) => ({
    parameter,
    gradient: input(`gradient/${parameter.name}`, parameter.shape),
  }));
  const plan = optimizer.plan(pairs);
  const step = program({ outputs: {}, updates: plan.updates });
  const fed = new Set([
    ...Object.keys(plan.feeds(1, optimizer.learningRate)),
    ...pairs.map(gradientName),
  ]);
  expect([...step.inputs.keys()].filter((name) => !fed.has(name))).toEqual([]);
  const known = new Set([...plan.state.keys(), ...pairs.map(({ parameter }) => parameter.name)]);
  expect([...step.variables.keys()].filter((name) => !known.has(name))).toEqual([]);
}

const gradientName = ({ parameter }: { parameter: { name: string } }) =>
  `gradient/${parameter.name}`;

async function checkSchedule(create: () => Promise<Schedule>): Promise<void> {
  const schedule = await create();
  for (let step = 0; step <= 40; step++) {
    const factor = schedule({ step, epoch: Math.floor(step / 4), stepsPerEpoch: 4, epochs: 10 });
    expect(Number.isFinite(factor) && factor >= 0).toBe(true);
  }
}

const parameterNames = (network: Network) => network.parameters.map(({ name }) => name);
