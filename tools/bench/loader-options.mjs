import { parseArgs } from 'node:util';

import { StepError } from '../setup/step.mjs';

/** What `--help` prints. */
export const usage = `npm run bench -- loader [options]

Makes JPEG files of 500 x 375 pixels in the temporary folder and compares the images a second that Pare and a DataLoader of
PyTorch make of them: decoded, a random part resized, flipped, normalised, in batches.

  --images N   files, default 512
  --size N     height and width of what they become, default 224
  --batch N    images in a batch, default 64
  --workers N  processes of the DataLoader; Pare has one image more under way; default: the number of cores
  --rounds N   rounds, each with a fresh process for either side, default 5
  --passes N   timed passes in a round after one that is not counted, default 2
  --json FILE  writes everything measured to a file`;

const flags = {
  images: { type: 'string', default: '512' },
  size: { type: 'string', default: '224' },
  batch: { type: 'string', default: '64' },
  workers: { type: 'string' },
  rounds: { type: 'string', default: '5' },
  passes: { type: 'string', default: '2' },
  json: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
};

/** Options of the loader benchmark from the command line; throws StepError for what makes no sense. */
export function parseLoaderOptions(args, cores) {
  const values = parse(args);
  const numbers = ['images', 'size', 'batch', 'workers', 'rounds', 'passes'].map((name) => [
    name,
    count(name, values[name] ?? String(cores)),
  ]);
  return { ...values, ...Object.fromEntries(numbers) };
}

function parse(args) {
  try {
    return parseArgs({ args, options: flags }).values;
  } catch (error) {
    throw new StepError(`bench: ${error.message}\n\n${usage}`);
  }
}

function count(name, text) {
  const value = Number(text);
  if (text !== '' && Number.isSafeInteger(value) && value >= 1) return value;
  throw new StepError(`bench: --${name} must be a whole number from 1; received "${text}".`);
}
