import { parseArgs } from 'node:util';

import { StepError } from '../setup/step.mjs';
import { countOption } from './count-option.mjs';

/** Kinds of compression that are timed: parts of each layer's task. */
export const compressions = {
  // The settings of the authors at a μ at which about half of the rank is left of random weights.
  ranks: [
    {
      name: 'rank-selection',
      alpha: 1e-9,
      criterion: 'flops',
      normalize: true,
      convScheme: 'scheme-1',
    },
  ],
  codebook: [{ name: 'adaptive-quantization', centroids: 4 }],
  sum: [
    { name: 'l0-constraint', kept: 100 },
    { name: 'adaptive-quantization', centroids: 2 },
  ],
};

/** Networks whose convolutions are compressed. */
export const networks = ['resnet-20', 'resnet-56', 'vgg-16'];

/** What `--help` prints. */
export const usage = `node tools/bench/c-step-benchmark.mjs [options]

Times the compression step of LC of all convolutions of a network for images of 32 x 32, on random weights, with several numbers
of worker threads. Steps after the first go on from the one before. Needs \`npm run build\`.

  --network NAME      ${networks.join(', ')}; default resnet-56
  --compression NAME  ${Object.keys(compressions).join(', ')}; default ranks
  --workers LIST      numbers of threads, default 0,2
  --steps N           steps after the first, default 5
  --rounds N          rounds, each in fresh processes, default 3`;

const text = (fallback) => ({ type: 'string', default: fallback });

const flags = {
  network: text('resnet-56'),
  compression: text('ranks'),
  workers: text('0,2'),
  steps: text('5'),
  rounds: text('3'),
  help: { type: 'boolean', short: 'h', default: false },
};

/** Options of the benchmark from the command line; throws StepError for what makes no sense. */
export function parseCStepOptions(args) {
  const { network, compression, workers, steps, rounds, help } = parse(args);
  return {
    network: oneOf('network', network, networks),
    compression: oneOf('compression', compression, Object.keys(compressions)),
    workers: workers.split(',').map(threadCount),
    steps: countOption('steps', steps),
    rounds: countOption('rounds', rounds),
    help,
  };
}

function parse(args) {
  try {
    return parseArgs({ args, options: flags }).values;
  } catch (error) {
    throw new StepError(`bench: ${error.message}\n\n${usage}`);
  }
}

function oneOf(name, value, known) {
  if (known.includes(value)) return value;
  throw new StepError(`bench: --${name} must be one of ${known.join(', ')}; received "${value}".`);
}

const threadCount = (text) => (text.trim() === '0' ? 0 : countOption('workers', text.trim()));
