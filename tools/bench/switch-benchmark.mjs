import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';

import { RunnableModel, SeededRandom, initializeNetwork } from '@pare/core';
import { createTensorFlowEngine } from '@pare/engine-tensorflow';
import { NetworkBuilder } from '@pare/graph';
import { lcsMethod, lcsOptions } from '@pare/method-lcs';
import { createCpreresnet20, createResnet } from '@pare/models';
import { StepError, announce, runMain } from '../setup/step.mjs';
import { median } from './statistics.mjs';

const usage = `node tools/bench/switch-benchmark.mjs [options]

Times how long a network of LCS takes to change its level, on random weights. Needs a build (\`npm run build\`).
"at": the switch; "first" and "next": predictions of one image after it; "plain": the plain network at a level, for
export. Each as median (least) in milliseconds.

  --model NAME   cpreresnet-20 (default), resnet-18 (images of 64 x 64) or all
  --only TEXT    only cases whose name has this text
  --rounds N     switches of each, default 30`;

const cifar = { imageShape: [32, 32, 3], classes: 10 };
const imageNet = { imageShape: [64, 64, 3], classes: 1000 };
const models = {
  'cpreresnet-20': (options) => createCpreresnet20(options).build(new NetworkBuilder(), cifar),
  'resnet-18': ({ norm }) =>
    createResnet({ preset: 'lcs', depth: 18, norm }).build(new NetworkBuilder(), imageNet),
};

const group = { norm: 'group' };
const quantized = { norm: 'group', normPlacement: 'after' };
const cases = [
  { setting: 'structured', variant: 'lcs-l', model: { norm: 'instance' } },
  { setting: 'structured', variant: 'us', model: { norm: 'batch' } },
  { setting: 'unstructured', variant: 'lcs-l', model: group },
  { setting: 'unstructured', variant: 'lcs-p', model: group },
  { setting: 'quantized', variant: 'lcs-l', model: quantized },
  { setting: 'quantized', variant: 'lcs-p', model: quantized },
  { setting: 'quantized', variant: 'target-bit-width', model: { ...quantized, norm: 'batch' } },
  { setting: 'structured', variant: 'lec', model: { norm: 'batch' } },
];

await runMain(async (args) => {
  const options = parse(args);
  if (options.help) console.log(usage);
  else await bench(options);
  return 0;
});

function parse(args) {
  const text = (fallback) => ({ type: 'string', default: fallback });
  const help = { type: 'boolean', short: 'h', default: false };
  const options = { model: text('cpreresnet-20'), only: text(''), rounds: text('30'), help };
  let values;
  try {
    ({ values } = parseArgs({ args, options }));
  } catch (error) {
    throw new StepError(`bench: ${error.message}\n\n${usage}`);
  }
  const known = [...Object.keys(models), 'all'];
  if (!known.includes(values.model))
    throw new StepError(`bench: --model must be ${known.join(', ')}; received "${values.model}".`);
  const rounds = Number(values.rounds);
  if (!Number.isSafeInteger(rounds) || rounds < 1)
    throw new StepError(
      `bench: --rounds must be a whole number from 1; received "${values.rounds}".`,
    );
  return {
    ...values,
    names: values.model === 'all' ? Object.keys(models) : [values.model],
    rounds,
  };
}

async function bench({ names, only, rounds }) {
  const clock = { now: Date.now, monotonic: () => performance.now() };
  const engine = await createTensorFlowEngine();
  for (const name of names) {
    for (const each of cases) {
      const title = `${name} ${each.setting} ${each.variant}`;
      if (!title.includes(only)) continue;
      const times = await timesOf({ engine, clock, name, each, rounds });
      announce(title.padEnd(42), times);
    }
  }
  await engine.dispose();
}

/** A line of medians and least times in milliseconds. */
async function timesOf({ engine, clock, name, each, rounds }) {
  const { method, state } = await untrained(models[name](each.model), each);
  const [dial] = method.dials(state);
  const image = new Float32Array(state.network.input.shape.slice(1).reduce((a, b) => a * b, 1));
  const random = new SeededRandom(5);
  const times = { at: [], first: [], next: [], plain: [] };
  const model = await RunnableModel.open({ ...state, engine, method, clock });
  for (let round = -3; round < rounds; round++) {
    const value = dial.from + (dial.to - dial.from) * random.uniform();
    const setting = { [dial.name]: dial.whole ? Math.round(value) : Math.max(value, 0.2) };
    const step = async (key, action) => {
      const start = performance.now();
      await action();
      if (round >= 0) times[key].push(performance.now() - start);
    };
    await step('at', () => model.at(setting));
    await step('first', () => model.predict(image));
    await step('next', () => model.predict(image));
    await step('plain', () => model.plain());
  }
  await model[Symbol.asyncDispose]();
  return Object.entries(times)
    .map(([key, ms]) => `${key} ${median(ms).toFixed(2)} (${Math.min(...ms).toFixed(2)})`)
    .join('  ');
}

/** The method, and the network as it stands before training, with numbers as if it were trained where they matter. */
async function untrained(network, { setting, variant }) {
  const method = lcsMethod(lcsOptions.parse({ setting, variant }));
  const [, height, width, channels] = network.input.shape;
  const classes = network.output.shape[1];
  const sizes = { train: 50_000, test: 10_000 };
  const dataset = { name: 'none', imageShape: [height, width, channels], classes, sizes };
  const random = new SeededRandom(1);
  let state = { network, weights: initializeNetwork(network, random) };
  for (const stage of method.plan({ network, dataset })) {
    if (stage.kind === 'transform') state = await stage.run({ ...state, random, log: () => {} });
  }
  const weights = new Map(state.weights);
  for (const { name, role } of state.network.parameters) {
    const tensor = weights.get(name);
    weights.set(name, { ...tensor, data: tensor.data.map((w) => trained(name, role, w, random)) });
  }
  return { method, state: { ...state, weights } };
}

/** Ranges of activations are known, and no two norm scales are equal: lec keeps channels by their order. */
function trained(name, role, number, random) {
  if (name.endsWith('.running_min')) return -1;
  if (name.endsWith('.running_max')) return 1;
  return role === 'norm-scale' ? 0.5 + random.uniform() : number;
}
