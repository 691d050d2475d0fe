import { SeededRandom } from '@pare/core';

import { exampleBatch } from './example-batch.mjs';
import { weightEntries, writeFixture } from './fixture.mjs';
import { levelsOf } from './lcs-levels.mjs';
import { planLcs, task } from './lcs-plan.mjs';

// Child process: writes first weights, one batch, and what each step is run at for both sides. Argument: the job as JSON.
const job = JSON.parse(process.argv[2]);
const { network, weights, learningRate, feedsOf } = await planLcs(job);
const tensors = [
  ...weightEntries(network, weights),
  ...exampleBatch(new SeededRandom(20), job.batch, task),
];
const steps = Array.from({ length: job.warmUp + job.steps }, (_, step) =>
  levelsOf(job.setting, feedsOf(step), network),
);
writeFixture(job.fixture, tensors, { learningRate, steps });
