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
    const train = join(directory, 'train');
    mkdirSync(train);
    await runWorker(process.execPath, [here('loader-images.mjs'), train, String(options.images)]);
    report(options, await measure(options, directory, python));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Results of each side in each round; the order of the sides turns round. */
async function measure(options, directory, python) {
  const job = { ...options, directory };
  const pare = (jpegDecoder) => () =>
    runWorker(process.execPath, [here('loader-pare.mjs'), JSON.stringify({ ...job, jpegDecoder })]);
  const sides = {
    'Pare, sharp': pare('sharp'),
    'Pare, jpeg-turbo': pare('jpeg-turbo'),
    PyTorch: () => runWorker(python, [here('torch', 'loader_files.py'), JSON.stringify(job)]),
  };
  const order = Object.keys(sides);
  const results = Object.fromEntries(order.map((side) => [side, []]));
  for (let round = 1; round <= options.rounds; round++) {
    for (const side of order) results[side].push(await sides[side]());
    const rates = Object.entries(results).map(
      ([side, runs]) => `${side} ${median(runs.at(-1).rates).toFixed(0)}`,
    );
    announce('round', `${round} of ${options.rounds}: ${rates.join('; ')} images/s`);
    order.push(order.shift());
  }
  return results;
}

function report(options, results) {
  const { images, size, batch, workers, rounds, passes, json } = options;
  const theirs = summaryOf(results.PyTorch);
  const lines = Object.entries(results).map(([side, runs]) => {
    const { median, best, cpu } = summaryOf(runs);
    const columns = [
      `median ${median.toFixed(0)} (${(median / theirs.median).toFixed(2)})`,
      `best ${best.toFixed(0)} (${(best / theirs.best).toFixed(2)})`,
      `CPU ${cpu.toFixed(2)} ms an image (${(cpu / theirs.cpu).toFixed(2)})`,
    ];
    return `${side.padEnd(18)}${columns.map((column) => column.padEnd(22)).join('')}`.trimEnd();
  });
  const runtimes = [results['Pare, sharp'], results.PyTorch].map(([{ runtime }]) => runtime);
  const text = [
    '',
    `Images a second, ${images} JPEG files of 500 x 375 to ${size} x ${size}, batch ${batch}, workers ${workers}, ${rounds} x ${passes} passes; in parentheses: divided by PyTorch's.`,
    `${runtimes.join('; ')}. ${cpus()[0]?.model ?? 'CPU'}, ${availableParallelism()} cores.`,
    '',
    ...lines,
  ];
  console.log(text.join('\n'));
  if (!json) return;
  writeFileSync(resolve(json), `${JSON.stringify({ options, results }, null, 2)}\n`);
  announce('json', resolve(json));
}

function summaryOf(runs) {
  const rates = runs.flatMap((run) => run.rates);
  const cpu = median(runs.map(({ cpuMs }) => cpuMs));
  return { median: median(rates), best: Math.max(...rates), cpu };
}
