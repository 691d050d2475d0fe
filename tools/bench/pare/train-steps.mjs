import { readFixture } from './fixture.mjs';
import { buildNetwork } from './networks.mjs';
import { openEngine } from './open-engine.mjs';
import { trainingProgram } from './training-program.mjs';
import { printResult, timed } from './worker-result.mjs';

// Child process: times training steps on one batch. Argument: the job as JSON.
const job = JSON.parse(process.argv[2]);
const { network } = buildNetwork(job.network);
const fixture = readFixture(job.fixture);
const weights = network.parameters.map(({ name }) => [name, fixture.get(name)]);
const [x, y] = [fixture.get('x'), fixture.get('y')];
const train = trainingProgram(network, job);
const engine = await openEngine(job);
const session = await engine.open({ train: train.program });
await session.write(new Map([...weights, ...train.state]));

const losses = [];
const ms = [];
for (let step = 1; step <= job.warmUp + job.steps; step++) {
  // The engine takes over what it is fed; making the batch is no part of the step, here and in PyTorch.
  const batch = { x: { ...x, data: x.data.slice() }, y: { ...y, data: y.data.slice() } };
  const run = async () => (await session.run('train', { ...batch, ...train.feeds(step) })).loss;
  const { value, ms: took } = await timed(run);
  losses.push(value.data[0]);
  if (step > job.warmUp) ms.push(took);
}
await session.dispose();

printResult({ ms, losses: [losses[0], losses[1]], lastLoss: losses.at(-1) }, engine.info);
await engine.dispose();
