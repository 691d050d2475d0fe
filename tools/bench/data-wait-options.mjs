import { countOption } from './count-option.mjs';
import { parseFlags } from './parse-flags.mjs';

/** What `--help` prints. */
export const usage = `node tools/bench/data-wait.mjs [options]

Trains ResNet-20 on augmented images of 32 x 32 x 3 as "pare run" does, and says which share of the time it waits for
batches. Needs a build (npm run build).

  --batch-size N    default 128
  --steps N         counted steps, after as many as --warm-up says, default 60
  --warm-up N       default 10
  --rounds N        rounds, each in a fresh process, default 3
  --directory PATH  a folder of images (as of the data set image-folder) instead of made-up images in memory
  --image-size N    with --directory: height and width of what they become, default 32`;

const flags = {
  'batch-size': { type: 'string', default: '128' },
  steps: { type: 'string', default: '60' },
  'warm-up': { type: 'string', default: '10' },
  rounds: { type: 'string', default: '3' },
  'image-size': { type: 'string', default: '32' },
  directory: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
};

/** Options of the benchmark from the command line; throws StepError for what makes no sense. */
export function parseDataWaitOptions(args) {
  const values = parseFlags(args, flags, usage);
  const count = (name) => countOption(name, values[name]);
  return {
    batchSize: count('batch-size'),
    steps: count('steps'),
    warmUp: count('warm-up'),
    rounds: count('rounds'),
    imageSize: count('image-size'),
    directory: values.directory,
    help: values.help,
  };
}
