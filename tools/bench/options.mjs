import { parseArgs } from 'node:util';

import { StepError } from '../setup/step.mjs';

const networks = {
  steps: ['lenet-300-100', 'lenet-5', 'resnet-20'],
  epoch: ['lenet-300-100', 'lenet-5'],
};
const defaultNetwork = { steps: 'all', epoch: 'lenet-300-100' };

/** What `--help` prints. */
export const usage = `npm run bench -- [steps | epoch] [options]

Trains the same network on the same data in Pare and in PyTorch, in turns, and compares the times.
  steps  (default) single training steps on one batch, the loss read after each
  epoch  whole epochs of MNIST: 60,000 images trained, 10,000 evaluated

  --network NAME     steps: lenet-300-100, lenet-5, resnet-20 or all (default)
                     epoch: lenet-300-100 (default), lenet-5 or all
  --optimizer NAME   sgd (momentum 0.9, default) or adam
  --engine NAME      tensorflow (default) or tfjs-wasm
  --batch N          images in a batch, default 128
  --threads N        threads of both sides; default: what each takes by itself (tfjs-wasm: 1 on both)
  --rounds N         rounds, each with a fresh process for every contestant, default 5
  --steps N          timed steps in a round, default 30
  --warm-up N        steps before them that are not counted, default 10
  --epochs N         timed epochs in a round after one that is not counted, default 2
  --torch-fused      PyTorch's fused optimizer instead of its default
  --json FILE        writes everything measured to a file
  --no-prepare       skips installing, building and provisioning the engine first
  --install-torch    makes tools/bench/.venv with PyTorch in it, and ends
  --torch-index URL  package index that --install-torch takes PyTorch from`;

const flags = {
  network: { type: 'string' },
  optimizer: { type: 'string', default: 'sgd' },
  engine: { type: 'string', default: 'tensorflow' },
  batch: { type: 'string', default: '128' },
  threads: { type: 'string' },
  rounds: { type: 'string', default: '5' },
  steps: { type: 'string', default: '30' },
  'warm-up': { type: 'string', default: '10' },
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
  const { values, positionals } = parse(args);
  const [benchmark = 'steps', ...more] = positionals;
  oneOf('the benchmark', ['steps', 'epoch'], benchmark);
  if (more.length > 0)
    throw new StepError(`bench: takes one benchmark; received also "${more[0]}".`);
  const network = values.network ?? defaultNetwork[benchmark];
  oneOf(`--network of "${benchmark}"`, [...networks[benchmark], 'all'], network);
  return {
    benchmark,
    networks: network === 'all' ? networks[benchmark] : [network],
    optimizer: oneOf('--optimizer', ['sgd', 'adam'], values.optimizer),
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
