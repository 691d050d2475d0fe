import { performance } from 'node:perf_hooks';

import { SeededRandom, initializeNetwork, sgd, systemClock, trainStage } from '@pare/core';
import { createImageFolder, createSynthetic } from '@pare/datasets';
import { createTensorFlowEngine } from '@pare/engine-tensorflow';
import { NetworkBuilder } from '@pare/graph';
import { createResnetCifar } from '@pare/models';

/**
 * Child process: trains with the ordinary trainer on a data set whose batches are timed, each from the moment that it is asked
 * for to the moment that it is there. Argument: the job as JSON. Prints milliseconds.
 */
const { batchSize, steps, warmUp, directory, imageSize } = JSON.parse(process.argv[2]);
const count = (warmUp + steps) * batchSize;
const dataset = await openImages();
const { imageShape, classes, sizes } = dataset.info;
const network = createResnetCifar({ depth: 20 }).build(new NetworkBuilder(), {
  imageShape,
  classes,
});
const engine = await createTensorFlowEngine();

/** When each batch was asked for, and when it was there. */
const asked = [];
const received = [];
const events = trainStage({
  engine,
  network,
  weights: initializeNetwork(network, new SeededRandom(1)),
  dataset: { ...dataset, batches: timedBatches },
  stage: {
    kind: 'train',
    name: 'data-wait',
    epochs: Math.ceil(count / sizes.train),
    batchSize,
    optimizer: sgd({ learningRate: 0.01, momentum: 0.9 }),
  },
  settings: { evaluateEvery: 0 },
  random: new SeededRandom(0),
  clock: systemClock,
});
for await (const event of events) if (event.type === 'epoch' && received.length >= count) break;

// From the first request that counts to the last one, which only ends the time.
const waits = asked.map((from, i) => received[i] - from).slice(warmUp, -1);
console.log(
  JSON.stringify({
    steps: waits.length,
    total: asked.at(-1) - asked[warmUp],
    waiting: waits.reduce((sum, wait) => sum + wait, 0),
    waits,
    inOneGo: await inOneGo(waits.length),
  }),
);
await engine.dispose();
await dataset.dispose?.();

/** Made-up images in memory, or those of a folder. */
async function openImages() {
  const options = { normalization: 'standard', augment: 'standard' };
  if (directory !== undefined) return createImageFolder({ ...options, directory, imageSize });
  return createSynthetic({ ...options, imageShape: [32, 32, 3], train: count, test: 1 });
}

async function* timedBatches(split, options) {
  const batches = dataset.batches(split, options)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const from = performance.now();
      const { done, value } = await batches.next();
      if (done) return;
      asked.push(from);
      received.push(performance.now());
      yield value;
    }
  } finally {
    await batches.return?.();
  }
}

/** Milliseconds that so many batches take where nothing else runs. */
async function inOneGo(batches) {
  const start = performance.now();
  let made = 0;
  for await (const { size } of dataset.batches('train', { batchSize, seed: 1 })) {
    if (size > 0) made++;
    if (made === batches) break;
  }
  return ((performance.now() - start) / made) * batches;
}
