import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { announce } from '../setup/step.mjs';
import { parseLoaderOptions, usage } from './loader-options.mjs';
import { runWorker } from './run-worker.mjs';
import { median } from './statistics.mjs';
import { findTorchPython } from './torch-python.mjs';

const here = (...names) => join(import.meta.dirname, ...names);

/** `npm run bench -- loader`: images a second of Pare and of a DataLoader, in turns. Needs a build (`npm run build`). */
export async function benchLoader(args) {
  const options = parseLoaderOptions(args, availableParallelism());
  if (options.help) {
    console.log(usage);
    return;
  }
  const python = findTorchPython();
  const directory = mkdtempSync(join(tmpdir(), 'pare-loader-'));
  try {
    announce('images', `${options.images} JPEG files in ${directory}`);
    mkdirSync(join(directory, 'train'));
    await runWorker(process.execPath, [
      here('loader-images.mjs'),
      join(directory, 'train'),
      String(options.images),
    ]);
    report(options, await measure(options, directory, python));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Results of each round; the sides take turns in being the first. */
async function measure(options, directory, python) {
  const job = JSON.stringify({ ...options, directory });
  const sides = {
    pare: () => runWorker(process.execPath, [here('loader-pare.mjs'), job]),
    torch: () => runWorker(python, [here('torch', 'loader_files.py'), job]),
  };
  const results = { pare: [], torch: [] };
  for (let round = 1; round <= options.rounds; round++) {
    const order = round % 2 === 1 ? ['pare', 'torch'] : ['torch', 'pare'];
    for (const side of order) results[side].push(await sides[side]());
    const [ours, theirs] = ['pare', 'torch'].map((side) => median(results[side].at(-1).rates));
    announce('round', `${round} of ${options.rounds}: ${line(ours, theirs)}`);
  }
  return results;
}

const line = (ours, theirs) =>
  `Pare ${ours.toFixed(0)}, PyTorch ${theirs.toFixed(0)} images/s, ratio ${(ours / theirs).toFixed(2)}`;

function report(options, { pare, torch }) {
  const [ours, theirs] = [pare, torch].map((runs) => runs.flatMap(({ rates }) => rates));
  const [cpu, torchCpu] = [pare, torch].map((runs) => median(runs.map(({ cpuMs }) => cpuMs)));
  const { images, size, batch, workers, rounds, passes, json } = options;
  const lines = [
    '',
    `Images a second, ${images} JPEG files of 500 x 375 to ${size} x ${size}, batch ${batch}, workers ${workers}, ${rounds} x ${passes} passes; ratio = Pare / PyTorch.`,
    `Pare: ${pare[0].runtime}. PyTorch: ${torch[0].runtime}. ${cpus()[0]?.model ?? 'CPU'}, ${availableParallelism()} cores.`,
    '',
    `median  ${line(median(ours), median(theirs))}`,
    `best    ${line(Math.max(...ours), Math.max(...theirs))}`,
    `CPU     Pare ${cpu.toFixed(2)}, PyTorch ${torchCpu.toFixed(2)} ms an image (all threads and processes), ratio ${(cpu / torchCpu).toFixed(2)}`,
  ];
  console.log(lines.join('\n'));
  if (!json) return;
  writeFileSync(resolve(json), `${JSON.stringify({ options, pare, torch }, null, 2)}\n`);
  announce('json', resolve(json));
}
