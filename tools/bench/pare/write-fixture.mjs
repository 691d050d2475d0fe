import { SeededRandom, initializeNetwork } from '@pare/core';

import { exampleBatch } from './example-batch.mjs';
import { weightEntries, writeFixture } from './fixture.mjs';
import { buildNetwork } from './networks.mjs';

// Child process: writes first weights and one batch of a network for both sides. Argument: the job as JSON.
const job = JSON.parse(process.argv[2]);
const { network, task } = buildNetwork(job.network);
const random = new SeededRandom(20);
const weights = initializeNetwork(network, random.fork('weights'));
writeFixture(job.fixture, [
  ...weightEntries(network, weights),
  ...exampleBatch(random, job.batch, task),
]);
