import { parseDataWaitOptions, usage } from './data-wait-options.mjs';
import { runWorker } from './run-worker.mjs';
import { median } from './statistics.mjs';
import { announce, runMain } from '../setup/step.mjs';

// `node tools/bench/data-wait.mjs`: the share of training that is spent waiting for data. Needs a build (`npm run build`).
await runMain(async (args) => {
  const options = parseDataWaitOptions(args);
  if (options.help) console.log(usage);
  else await bench(options);
  return 0;
});

function percent(share) {
  return `${(100 * share).toFixed(2)} %`;
}

async function bench({ rounds, ...job }) {
  const shares = [];
  for (let round = 1; round <= rounds; round++) {
    const result = await runWorker(process.execPath, ['data-wait-worker.mjs', JSON.stringify(job)]);
    shares.push(result.waiting / result.total);
    announce('round', `${round} of ${rounds}: ${describe(result)}`);
  }
  announce('share', `${percent(median(shares))} of the time, median of the rounds`);
}

function describe({ steps, total, waiting, waits, inOneGo }) {
  const ms = (value) => `${value.toFixed(2)} ms`;
  return [
    `${ms(total / steps)} a step`,
    `waiting for a batch ${ms(waiting / steps)} (median ${ms(median(waits))}): ${percent(waiting / total)}`,
    `making batches without training ${ms(inOneGo / steps)} each`,
  ].join(', ');
}
