import { parseArgs } from 'node:util';

import { StepError } from '../setup/step.mjs';

/** What each benchmark can be run on, the flag that chooses, and the choice where it is not given. */
const subjects = {
  steps: { flag: 'network', names: ['lenet-300-100', 'lenet-5', 'resnet-20'], first: 'all' },
  epoch: { flag: 'network', names: ['lenet-300-100', 'lenet-5'], first: 'lenet-300-100' },
  lcs: { flag: 'setting', names: ['structured', 'unstructured', 'quantized'], first: 'all' },
};
/** Steps of LCS are long ones. */
const numbers = {
  steps: { rounds: '5', steps: '30', 'warm-up': '10' },
  epoch: { rounds: '5', steps: '30', 'warm-up': '10' },
  lcs: { rounds: '4', steps: '10', 'warm-up': '3' },
};

/** What `--help` prints. */
export const usage = `npm run bench -- [steps | epoch | lcs] [options]

Trains the same network on the same data in Pare and in PyTorch, in turns, and compares the times.
  steps  (default) single training steps on one batch, the loss read after each
  epoch  whole epochs of MNIST: 60,000 images trained, 10,000 evaluated
  lcs    single training steps of LCS with a line, cPreResNet20, 32 x 32 x 3

  --network NAME     steps: lenet-300-100, lenet-5, resnet-20 or all (default)
                     epoch: lenet-300-100 (default), lenet-5 or all
  --setting NAME     lcs: structured, unstructured, quantized or all (default)
  --optimizer NAME   sgd (momentum 0.9, default) or adam; lcs has sgd
  --engine NAME      tensorflow (default) or tfjs-wasm
  --batch N          images in a batch, default 128
  --threads N        threads of both sides; default: what each takes by itself (tfjs-wasm: 1 on both)
  --rounds N         rounds, each with a fresh process for every contestant, default 5 (lcs: 4)
  --steps N          timed steps in a round, default 30 (lcs: 10)
  --warm-up N        steps before them that are not counted, default 10 (lcs: 3)
  --epochs N         timed epochs in a round after one that is not counted, default 2
  --torch-fused      PyTorch's fused optimizer instead of its default
  --json FILE        writes everything measured to a file
  --no-prepare       skips installing, building and provisioning the engine first
  --install-torch    makes tools/bench/.venv with PyTorch in it, and ends
  --torch-index URL  package index that --install-torch takes PyTorch from`;

const flags = {
  network: { type: 'string' },
  setting: { type: 'string' },
  optimizer: { type: 'string', default: 'sgd' },
  engine: { type: 'string', default: 'tensorflow' },
  batch: { type: 'string', default: '128' },
  threads: { type: 'string' },
  rounds: { type: 'string' },
  steps: { type: 'string' },
  'warm-up': { type: 'string' },
  epochs: { type: 'string', default: '2' },
  'torch-fused': { type: 'boolean', default: false },
  json: { type: 'string' },
  'no-prepare': { type: 'boolean', default: false },
  'install-torch': { type: 'boolean', default: false },
  'torch-index': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
};

/** Options of a benchmark from the command line; throws StepError for what makes no sense. */
export function parseOptions(args) {
  const { values: given, positionals } = parse(args);
  const [benchmark = 'steps', ...more] = positionals;
  oneOf('the benchmark', Object.keys(subjects), benchmark);
  if (more.length > 0)
    throw new StepError(`bench: takes one benchmark; received also "${more[0]}".`);
  const values = { ...numbers[benchmark], ...given };
  return {
    benchmark,
    subjects: subjectsOf(benchmark, values),
    optimizer: oneOf(
      '--optimizer',
      benchmark === 'lcs' ? ['sgd'] : ['sgd', 'adam'],
      values.optimizer,
    ),
    engine: oneOf('--engine', ['tensorflow', 'tfjs-wasm'], values.engine),
    batch: count('--batch', values.batch, 1),
    threads: threadsOf(values),
    rounds: count('--rounds', values.rounds, 1),
    steps: count('--steps', values.steps, 1),
    // The loss after one update is compared too, and that step may be a warm-up.
    warmUp: count('--warm-up', values['warm-up'], 1),
    epochs: count('--epochs', values.epochs, 1),
    torchFused: values['torch-fused'],
    json: values.json,
    prepare: !values['no-prepare'],
    installTorch: values['install-torch'],
    torchIndex: values['torch-index'],
    help: values.help,
  };
}

/** What is measured one after the other: `name` for people, and `network` or `setting` for the workers. */
function subjectsOf(benchmark, values) {
  const { flag, names, first } = subjects[benchmark];
  const other = flag === 'network' ? 'setting' : 'network';
  if (values[other] !== undefined)
    throw new StepError(`bench: "${benchmark}" takes --${flag}, not --${other}.`);
  const chosen = values[flag] ?? first;
  oneOf(`--${flag} of "${benchmark}"`, [...names, 'all'], chosen);
  return (chosen === 'all' ? names : [chosen]).map((name) => ({ name, [flag]: name }));
}

function parse(args) {
  try {
    return parseArgs({ args, options: flags, allowPositionals: true });
  } catch (error) {
    throw new StepError(`bench: ${error.message}\n\n${usage}`);
  }
}

function oneOf(what, choices, value) {
  if (choices.includes(value)) return value;
  throw new StepError(`bench: ${what} must be ${choices.join(', ')}; received "${value}".`);
}

function count(what, text, least) {
  const value = Number(text);
  if (text !== '' && Number.isSafeInteger(value) && value >= least) return value;
  throw new StepError(`bench: ${what} must be a whole number from ${least}; received "${text}".`);
}

function threadsOf({ threads, engine }) {
  const value = threads === undefined ? undefined : count('--threads', threads, 1);
  if (engine !== 'tfjs-wasm') return value;
  if (value === undefined || value === 1) return 1;
  throw new StepError(`bench: tfjs-wasm has one thread in Node; received --threads ${threads}.`);
}
