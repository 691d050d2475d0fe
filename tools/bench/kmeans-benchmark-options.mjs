import { parseArgs } from 'node:util';

import { StepError } from '../setup/step.mjs';

/** What `--help` prints. */
export const usage = `node tools/bench/kmeans-benchmark.mjs [options]

Quantizes normal weights to K values: exact k-means and Lloyd's iterations of @pare/method-lc, and scikit-learn's KMeans with
the settings of the authors of LC (greedy k-means++, tolerance 1e-10, at most 300 iterations). Needs \`npm run build\`.

  --weights N    how many, default 1000000
  --centroids K  default 4
  --restarts R   random starts of both k-means, default 10
  --rounds N     rounds, each in fresh processes, default 3
  --sklearn      scikit-learn too: in the Python of tools/bench/.venv or PARE_BENCH_PYTHON`;

const flags = {
  weights: { type: 'string', default: '1000000' },
  centroids: { type: 'string', default: '4' },
  restarts: { type: 'string', default: '10' },
  rounds: { type: 'string', default: '3' },
  sklearn: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};

/** Options of the benchmark from the command line; throws StepError for what makes no sense. */
export function parseKMeansOptions(args) {
  const { weights, centroids, restarts, rounds, sklearn, help } = parse(args);
  const options = {
    weights: count('--weights', weights),
    centroids: count('--centroids', centroids),
    restarts: count('--restarts', restarts),
    rounds: count('--rounds', rounds),
    sklearn,
    help,
  };
  if (options.centroids <= options.weights) return options;
  throw new StepError(
    `bench: there must be as many weights as centroids; received --weights ${weights} and --centroids ${centroids}.`,
  );
}

function parse(args) {
  try {
    return parseArgs({ args, options: flags }).values;
  } catch (error) {
    throw new StepError(`bench: ${error.message}\n\n${usage}`);
  }
}

function count(what, text) {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new StepError(`bench: ${what} must be a whole number from 1; received "${text}".`);
}
