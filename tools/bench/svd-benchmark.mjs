import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SeededRandom } from '../../packages/core/dist/index.js';
import { StepError, announce, runMain } from '../setup/step.mjs';
import { runWorker } from './run-worker.mjs';
import { parseSvdOptions, usage } from './svd-benchmark-options.mjs';
import { findTorchPython } from './torch-python.mjs';

/** Share of the largest value by which those of the two sides may differ. */
const tolerance = 1e-12;

// `node tools/bench/svd-benchmark.mjs`: time of a singular value decomposition. Needs `npm run build`.
await runMain(async (args) => {
  const options = parseSvdOptions(args);
  if (options.help) console.log(usage);
  else await bench(options);
  return 0;
});

async function bench({ rows, columns, terms, steps, rounds, numpy }) {
  const folder = mkdtempSync(join(tmpdir(), 'pare-svd-'));
  try {
    const file = join(folder, 'matrix.bin');
    const random = new SeededRandom(1);
    writeFileSync(
      file,
      Float32Array.from({ length: rows * columns }, () => random.normal()),
    );
    announce('matrix', `${rows} x ${columns} normal numbers, vectors of ${terms} terms`);
    const settings = [file, rows, columns, terms, steps].map(String);
    for (let round = 1; round <= rounds; round++) {
      const ours = await runWorker(process.execPath, ['svd-benchmark-worker.mjs', ...settings]);
      announce('pare', describe(ours));
      if (!numpy) continue;
      const theirs = await runWorker(findTorchPython(), ['svd-benchmark.py', ...settings]);
      announce('numpy', describe(theirs));
      compare(ours.values, theirs.values);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compare(ours, theirs) {
  const worst = Math.max(...theirs.map((value, i) => Math.abs(value - ours[i]))) / theirs[0];
  if (worst <= tolerance) return;
  throw new StepError(
    `bench: the singular values differ by ${worst} of the largest; expected ${tolerance} at most. The two do not compute the same.`,
  );
}

function describe({ milliseconds, cpu, valuesOnly }) {
  const text = (time) => `${time.milliseconds.toFixed(0)} ms (${time.cpu.toFixed(0)} of CPU)`;
  return `${text({ milliseconds, cpu })}, values alone ${text(valuesOnly)}`;
}
