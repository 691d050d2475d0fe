import { performance } from 'node:perf_hooks';

import { createSynthetic } from '@pare/datasets';

import { countOption } from './count-option.mjs';
import { parseFlags } from './parse-flags.mjs';
import { runWorker } from './run-worker.mjs';
import { median } from './statistics.mjs';
import { findTorchPython } from './torch-python.mjs';
import { StepError, announce, runMain } from '../setup/step.mjs';

// `node tools/bench/loader-memory.mjs`: images a second of a data set in memory, augmented and normalised, and with
// --torch of a DataLoader of PyTorch. Needs a build (`npm run build`).
const usage = `node tools/bench/loader-memory.mjs [options]

  --images N      images of 32 x 32 x 3 in a pass, default 50000
  --batch-size N  default 128
  --rounds N      counted passes, after one that is not counted, default 5
  --torch         measures a DataLoader of torchvision transforms in 2 workers as well`;

const flags = {
  images: { type: 'string', default: '50000' },
  'batch-size': { type: 'string', default: '128' },
  rounds: { type: 'string', default: '5' },
  torch: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};

await runMain(async (args) => {
  const options = parse(args);
  if (options.help) console.log(usage);
  else await bench(options);
  return 0;
});

async function bench({ images, batchSize, rounds, torch }) {
  for (const augment of ['none', 'standard']) {
    const dataset = await createSynthetic({
      ...{ imageShape: [32, 32, 3], train: images, test: 1 },
      ...{ normalization: 'standard', augment },
    });
    const passes = [];
    for (let seed = 0; seed <= rounds; seed++) passes.push(await pass(dataset, batchSize, seed));
    report(`pare, augment: ${augment}`, images, passes.slice(1));
  }
  if (!torch) return;
  const job = JSON.stringify({ images, batchSize, rounds, workers: 2 });
  const { seconds } = await runWorker(findTorchPython(), ['torch/loader.py', job]);
  report('torchvision, 2 workers', images, seconds);
}

/** Seconds of a whole shuffled pass; the process has one thread for it. */
async function pass(dataset, batchSize, seed) {
  const start = performance.now();
  let bright = 0;
  for await (const { x } of dataset.batches('train', { batchSize, seed })) bright += x[0];
  if (!Number.isFinite(bright)) throw new StepError('bench: a batch has no numbers.');
  return (performance.now() - start) / 1000;
}

function report(name, images, seconds) {
  const rate = (time) => `${Math.round(images / time).toLocaleString('en')} images/s`;
  announce(name, `median ${rate(median(seconds))}, best ${rate(Math.min(...seconds))}`);
}

function parse(args) {
  const values = parseFlags(args, flags, usage);
  const [images, batchSize, rounds] = ['images', 'batch-size', 'rounds'].map((name) =>
    countOption(name, values[name]),
  );
  return { ...values, images, batchSize, rounds };
}
