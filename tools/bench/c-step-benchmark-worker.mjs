import { SeededRandom, initializeNetwork, toTorchLayout, torchShape } from '@pare/core';
import { NetworkBuilder, costReport } from '@pare/graph';
import { createResnetCifar, createVgg } from '@pare/models';

import { compressionRunner } from '../../packages/method-lc/dist/c-step/compression-runner.js';
import { compressions } from './c-step-benchmark-options.mjs';
import { fastest } from './fastest.mjs';

// Child process: compression steps of all convolutions of a network; prints times as JSON.
const models = {
  'resnet-20': () => createResnetCifar({ depth: 20 }),
  'resnet-56': () => createResnetCifar({ depth: 56 }),
  'vgg-16': () => createVgg({ preset: 'lc' }),
};

const [name, compression, workers, steps] = process.argv.slice(2);
const task = { imageShape: [32, 32, 3], classes: 10 };
const network = models[name]().build(new NetworkBuilder(), task);
const pixels = new Map(
  costReport(network).layers.map(({ layer, outputShape }) => [
    layer,
    outputShape[1] * outputShape[2],
  ]),
);
const values = initializeNetwork(network, new SeededRandom(1));
const jobs = network.parameters
  .filter(({ role, shape }) => role === 'weight' && shape.length === 4)
  .map((parameter, seed) => ({
    name: parameter.name,
    parts: compressions[compression],
    options: {},
    weights: toTorchLayout(parameter, values.get(parameter.name).data),
    shape: torchShape(parameter),
    mu: 5e-3,
    seed,
    spatial: pixels.get(parameter.layer),
  }));

const runner = compressionRunner({ workers: Number(workers) });
const first = await fastest(1, () => runner.run(jobs));
let results = first.result;
const later = await fastest(Number(steps), async () => {
  results = await runner.run(jobs.map((job, i) => ({ ...job, previous: results[i].theta })));
  return results;
});
const weights = jobs.reduce((sum, job) => sum + job.weights.length, 0);
await runner[Symbol.asyncDispose]();
console.log(
  JSON.stringify({
    layers: jobs.length,
    weights,
    first: { milliseconds: first.milliseconds, cpu: first.cpu },
    later: { milliseconds: later.milliseconds, cpu: later.cpu },
  }),
);
