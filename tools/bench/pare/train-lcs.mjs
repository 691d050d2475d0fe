import { buildTrainingProgram } from '@pare/core';

import { readFixture } from './fixture.mjs';
import { planLcs } from './lcs-plan.mjs';
import { openEngine } from './open-engine.mjs';
import { printResult, timed } from './worker-result.mjs';

// Child process: times training steps of LCS, built as its own stage builds them, on one batch. Argument: the job as JSON.
const job = JSON.parse(process.argv[2]);
const { network, stage, learningRate, feedsOf } = await planLcs(job);
const { programs, optimizer, inputs } = buildTrainingProgram(network, stage);
const fixture = readFixture(job.fixture);
const engine = await openEngine(job);
const session = await engine.open({ train: programs.train });
const weights = network.parameters.map(({ name }) => [name, fixture.get(name)]);
await session.write(new Map([...weights, ...optimizer.state]));

const copied = (tensor) => ({ ...tensor, data: tensor.data.slice() });
const losses = [];
const ms = [];
for (let step = 0; step < job.warmUp + job.steps; step++) {
  const feeds = {
    [inputs.x]: copied(fixture.get('x')),
    [inputs.labels]: copied(fixture.get('y')),
    ...optimizer.feeds(step + 1, learningRate),
    ...feedsOf(step),
  };
  const run = async () => (await session.run('train', feeds)).total;
  const { value, ms: took } = await timed(run);
  losses.push(value.data[0]);
  if (step >= job.warmUp) ms.push(took);
}
await session.dispose();

printResult({ ms, losses: losses.slice(0, 3), lastLoss: losses.at(-1) }, engine.info);
await engine.dispose();
