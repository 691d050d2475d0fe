import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SeededRandom } from '../../packages/core/dist/index.js';
import { announce, runMain } from '../setup/step.mjs';
import { parseKMeansOptions, usage } from './kmeans-benchmark-options.mjs';
import { runWorker } from './run-worker.mjs';
import { findTorchPython } from './torch-python.mjs';

// `node tools/bench/kmeans-benchmark.mjs`: time, error and memory of one quantization step. Needs `npm run build`.
await runMain(async (args) => {
  const options = parseKMeansOptions(args);
  if (options.help) console.log(usage);
  else await bench(options);
  return 0;
});

async function bench({ weights, centroids, restarts, rounds, sklearn }) {
  const folder = mkdtempSync(join(tmpdir(), 'pare-kmeans-'));
  try {
    const file = join(folder, 'weights.bin');
    writeFileSync(file, normalWeights(weights));
    announce('weights', `${weights} normal ones, ${centroids} centroids, ${restarts} restarts`);
    const settings = [String(centroids), String(restarts)];
    const ours = (algorithm) => [
      process.execPath,
      ['kmeans-benchmark-worker.mjs', file, algorithm, ...settings],
    ];
    const contestants = [
      ['exact', ...ours('exact')],
      ['k-means', ...ours('k-means')],
    ];
    if (sklearn) {
      contestants.push([
        'scikit-learn',
        findTorchPython(),
        ['kmeans-benchmark.py', file, ...settings],
      ]);
    }
    for (let round = 1; round <= rounds; round++) {
      for (const [name, program, programArgs] of contestants) {
        announce(name, describe(await runWorker(program, programArgs)));
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function normalWeights(count) {
  const random = new SeededRandom(1);
  return Float32Array.from({ length: count }, () => random.normal());
}

function describe({ milliseconds, cpu, error, added }) {
  const seconds = (time) => `${(time / 1000).toFixed(2)} s`;
  return `${seconds(milliseconds)} (${seconds(cpu)} of CPU), squared error ${error.toFixed(4)}, memory +${(added / 2 ** 20).toFixed(0)} MB`;
}
