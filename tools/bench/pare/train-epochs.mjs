import { createMnist } from '@pare/datasets';

import { readFixture } from './fixture.mjs';
import { buildNetwork } from './networks.mjs';
import { openEngine } from './open-engine.mjs';
import { evaluationProgram, trainingProgram } from './programs.mjs';
import { printResult, timed } from './worker-result.mjs';

const evaluationBatch = 1000;

// Child process: times whole epochs of MNIST with their evaluation. Argument: the job as JSON.
const job = JSON.parse(process.argv[2]);
const { network } = buildNetwork(job.network);
const fixture = readFixture(job.fixture);
const weights = network.parameters.map(({ name }) => [name, fixture.get(name)]);
const train = trainingProgram(network, { ...job, counting: true });
const dataset = await createMnist({ directory: job.mnist, normalization: 'standard' });
const engine = await openEngine(job);
const session = await engine.open({ train: train.program, evaluate: evaluationProgram(network) });
await session.write(new Map([...weights, ...train.state]));

let step = 0;

/** One pass: loss and accuracy. The next batch is handed over before the last is answered, as the trainer does. */
async function pass(name, split, options, feeds) {
  let [loss, correct, count] = [0, 0, 0];
  const add = async ({ answer, weight }) => {
    const outputs = await answer;
    loss += outputs.loss.data[0] * weight;
    correct += outputs.correct.data[0];
  };
  let waiting;
  for await (const { x, y, size } of dataset.batches(split, options)) {
    const answer = session.run(name, {
      x: { dtype: 'float32', shape: [size, ...dataset.info.imageShape], data: x },
      y: { dtype: 'int32', shape: [size], data: y },
      ...feeds(),
    });
    if (waiting) await add(waiting);
    waiting = { answer, weight: name === 'train' ? size : 1 };
    count += size;
  }
  await add(waiting);
  return { loss: loss / count, accuracy: correct / count };
}

const evaluate = () => pass('evaluate', 'test', { batchSize: evaluationBatch }, () => ({}));
const trainOnce = (seed) =>
  pass('train', 'train', { batchSize: job.batch, seed }, () => train.feeds(++step));

const first = await evaluate();
let last = first;
const ms = [];
for (let epoch = 0; epoch <= job.epochs; epoch++) {
  const run = async () => {
    await trainOnce(epoch);
    return evaluate();
  };
  const { value, ms: took } = await timed(run);
  last = value;
  // The first epoch is the warm-up.
  if (epoch > 0) ms.push(took);
}
await session.dispose();

const measured = { ms, losses: [first.loss], lastLoss: last.loss, accuracy: last.accuracy };
printResult(measured, engine.info);
await engine.dispose();
