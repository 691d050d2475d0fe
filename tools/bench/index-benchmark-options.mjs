import { StepError } from '../setup/step.mjs';
import { countOption } from './count-option.mjs';
import { parseFlags } from './parse-flags.mjs';

/** What `--help` prints. */
export const usage = `node tools/bench/index-benchmark.mjs [options]

Makes a tree of empty files like ImageNet's training images in the temporary folder, indexes it, and deletes it.

  --images N   files in all, default 1281167
  --classes N  folders, default 1000
  --rounds N   rounds, each in a fresh process, default 3
  --keep       leaves the tree where it is`;

const flags = {
  images: { type: 'string', default: '1281167' },
  classes: { type: 'string', default: '1000' },
  rounds: { type: 'string', default: '3' },
  keep: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};

/** Options of the benchmark from the command line; throws StepError for what makes no sense. */
export function parseIndexOptions(args) {
  const { images, classes, rounds, keep, help } = parseFlags(args, flags, usage);
  const options = {
    images: countOption('images', images),
    classes: countOption('classes', classes),
    rounds: countOption('rounds', rounds),
    keep,
    help,
  };
  if (options.classes <= options.images) return options;
  throw new StepError(
    `bench: every class needs an image; received --classes ${classes} and --images ${images}.`,
  );
}
