import { parseArgs } from 'node:util';

import { StepError } from '../setup/step.mjs';
import { countOption } from './count-option.mjs';

/** What `--help` prints. */
export const usage = `node tools/bench/svd-benchmark.mjs [options]

Decomposes a matrix of normal numbers, one thread each: the singular value decomposition of @pare/method-lc, and LAPACK in numpy.
Needs \`npm run build\`.

  --rows N     default 4608
  --columns N  default 512
  --terms N    terms whose vectors are wanted, default 128 (LAPACK always finds all)
  --steps N    decompositions a process, the fastest counts; default 5
  --rounds N   rounds, each in fresh processes, default 3
  --numpy      numpy too: in the Python of tools/bench/.venv or PARE_BENCH_PYTHON`;

const counts = { rows: '4608', columns: '512', terms: '128', steps: '5', rounds: '3' };

const flags = {
  ...Object.fromEntries(
    Object.entries(counts).map(([name, text]) => [name, { type: 'string', default: text }]),
  ),
  numpy: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};

/** Options of the benchmark from the command line; throws StepError for what makes no sense. */
export function parseSvdOptions(args) {
  const { numpy, help, ...texts } = parse(args);
  const numbers = Object.entries(texts).map(([name, text]) => [name, countOption(name, text)]);
  const options = { ...Object.fromEntries(numbers), numpy, help };
  const most = Math.min(options.rows, options.columns);
  if (options.terms <= most) return options;
  throw new StepError(
    `bench: a ${options.rows} x ${options.columns} matrix has ${most} terms; received --terms ${options.terms}.`,
  );
}

function parse(args) {
  try {
    return parseArgs({ args, options: flags }).values;
  } catch (error) {
    throw new StepError(`bench: ${error.message}\n\n${usage}`);
  }
}
