import { describe, expect, test } from '@jest/globals';
import { NetworkBuilder, dropout, flatten, mul, relu, tanh } from '@pare/graph';
import { initializeNetwork } from '../random/initialize.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import { blobDataset } from '../testing/blob-dataset.ts';
import { createReferenceEngine } from '../testing/reference-engine.ts';
import { smallTraining } from '../testing/small-experiment.ts';
import { trainStage } from './train-stage.ts';
import type { InstantiateRule, Network, Value } from '@pare/graph';
import type { TrainStage } from '../contracts/method.ts';

/** A network whose hidden layer is followed by what is given. */
function network(after: (x: Value) => Value): Network {
  const builder = new NetworkBuilder();
  const x = builder.input([2, 2, 1]);
  const hidden = after(builder.dense('fc1', flatten(x), { units: 5 }));
  return builder.build('small', x, builder.dense('fc2', hidden, { units: 3 }));
}

/** A stage that trains with another op in place of some. */
const withRule = (rule: InstantiateRule, weights?: ReadonlyMap<string, Value>): TrainStage =>
  smallTraining({
    objective: ({ forward, taskLoss }) => {
      const { output, updates } = forward(weights, rule);
      const loss = taskLoss(output);
      return { total: loss, logits: output, metrics: { loss }, updates };
    },
  });

async function trained(of: Network, stage: TrainStage) {
  const stream = trainStage({
    engine: createReferenceEngine(),
    network: of,
    weights: initializeNetwork(of, new SeededRandom(1)),
    dataset: blobDataset(),
    stage,
    random: new SeededRandom(2),
    clock: { now: () => 0, monotonic: () => 0 },
  });
  let result = await stream.next();
  while (!result.done) result = await stream.next();
  return [...result.value.weights];
}

const replacing =
  (op: string, by: (x: Value) => Value): InstantiateRule =>
  ({ node, inputs }) =>
    node.op.name === op ? [by(inputs[0]!)] : undefined;

describe('training with a rule of forward', () => {
  test('is training of the network that the rule makes, bit for bit', async () => {
    const expected = await trained(network(tanh), smallTraining());
    expect(await trained(network(relu), withRule(replacing('relu', tanh)))).toEqual(expected);
    expect(await trained(network(relu), smallTraining())).not.toEqual(expected);
  });

  test('needs no seed where it takes the random layers away', async () => {
    const plain = await trained(network(relu), smallTraining());
    const dropping = network((x) => dropout(relu(x), 0.5));
    expect(await trained(dropping, withRule(replacing('dropout', (x) => x)))).toEqual(plain);
  });

  test('sees the effective weights', async () => {
    const of = network(relu);
    const { variable } = of.parameters[0]!;
    const halved = new Map([[of.parameters[0]!.name, mul(0.5, variable)]]);
    const doubled = replacing('relu', (x) => relu(mul(2, x)));
    const both = await trained(of, withRule(doubled, halved));
    expect(both).not.toEqual(await trained(of, withRule(doubled)));
    expect(both).not.toEqual(
      await trained(
        of,
        withRule(() => undefined, halved),
      ),
    );
  });
});
