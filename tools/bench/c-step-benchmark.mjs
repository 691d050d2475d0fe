import { announce, runMain } from '../setup/step.mjs';
import { parseCStepOptions, usage } from './c-step-benchmark-options.mjs';
import { runWorker } from './run-worker.mjs';

// `node tools/bench/c-step-benchmark.mjs`: compression steps of whole networks. Needs `npm run build`.
await runMain(async (args) => {
  const options = parseCStepOptions(args);
  if (options.help) console.log(usage);
  else await bench(options);
  return 0;
});

async function bench({ network, compression, workers, steps, rounds }) {
  for (let round = 1; round <= rounds; round++) {
    for (const count of workers) {
      const settings = [network, compression, count, steps].map(String);
      const worker = ['c-step-benchmark-worker.mjs', ...settings];
      announce(`${count} workers`, describe(await runWorker(process.execPath, worker)));
    }
  }
}

function describe({ layers, weights, first, later }) {
  const text = ({ milliseconds, cpu }) =>
    `${milliseconds.toFixed(0)} ms (${cpu.toFixed(0)} of CPU)`;
  return `${layers} convolutions, ${weights} weights: first step ${text(first)}, later ones ${text(later)}`;
}
