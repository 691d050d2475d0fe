import { performance } from 'node:perf_hooks';

import { SeededRandom, evaluateNetwork, systemClock, trainStage } from '@pare/core';
import { createMnist } from '@pare/datasets';

import { readFixture } from './fixture.mjs';
import { buildNetwork } from './networks.mjs';
import { openEngine } from './open-engine.mjs';
import { optimizerOf } from './optimizer.mjs';
import { printResult } from './worker-result.mjs';

// Child process: times whole epochs of MNIST with their evaluation, as the trainer runs them. Argument: the job as JSON.
const job = JSON.parse(process.argv[2]);
const { network } = buildNetwork(job.network);
const weights = readFixture(job.fixture);
const dataset = await createMnist({ directory: job.mnist, normalization: 'standard' });
const engine = await openEngine(job);
const first = await evaluateNetwork({ engine, network, weights, dataset });

const events = trainStage({
  engine,
  network,
  weights,
  dataset,
  stage: {
    kind: 'train',
    name: 'bench',
    // The first one is the warm-up.
    epochs: 1 + job.epochs,
    batchSize: job.batch,
    optimizer: optimizerOf(job),
  },
  random: new SeededRandom(0),
  clock: systemClock,
});

let last = first;
const ends = [];
for await (const event of events) {
  if (event.type !== 'epoch') continue;
  ends.push(performance.now());
  last = event.evaluation;
}
const ms = ends.slice(1).map((end, i) => end - ends[i]);

const measured = { ms, losses: [first.loss], lastLoss: last.loss, accuracy: last.accuracy };
printResult(measured, engine.info);
await engine.dispose();
