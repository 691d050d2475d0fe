import { NetworkBuilder, flatten, relu } from '@pare/graph';
import { SeededRandom } from '../random/seeded-random.ts';
import { initializeNetwork } from '../random/initialize.ts';
import { trainStage } from '../training/train-stage.ts';
import { blobDataset } from './blob-dataset.ts';
import { createReferenceEngine } from './reference-engine.ts';
import type { Network } from '@pare/graph';
import type { Clock } from '../contracts/services.ts';
import type { CompressedState, Method, TrainStage } from '../contracts/method.ts';

/** A network with a convolution and two dense layers for the images of `blobDataset`. */
export function blobNetwork(): Network {
  const builder = new NetworkBuilder();
  const x = builder.input([2, 2, 1]);
  const conv = relu(builder.conv2d('conv1', x, { filters: 4, kernel: 3, padding: 'same' }));
  const hidden = relu(builder.dense('fc1', flatten(conv), { units: 8 }));
  return builder.build('blob-net', x, builder.dense('fc2', hidden, { units: 3 }));
}

const stoppedClock: Clock = { now: () => 0, monotonic: () => 0 };

/**
 * Takes `blobNetwork` through every stage of a method, at most one epoch each, on the reference engine. Throws where a
 * program does not build or a loss is not finite.
 */
export async function trainBriefly(method: Method, seed: number): Promise<CompressedState> {
  const random = new SeededRandom(seed);
  const dataset = blobDataset();
  const network = blobNetwork();
  let state: CompressedState = {
    network,
    weights: initializeNetwork(network, random.fork('init')),
  };
  for (const [index, stage] of method.plan({ network, dataset: dataset.info }).entries()) {
    if (stage.kind === 'transform') {
      state = await stage.run({ ...state, log: () => {}, random: random.fork(`stage${index}`) });
      continue;
    }
    const short: TrainStage = { ...stage, epochs: Math.min(stage.epochs, 1), batchSize: 16 };
    const training = trainStage({
      ...state,
      engine: createReferenceEngine(),
      dataset,
      stage: short,
      random: random.fork(`stage${index}`),
      clock: stoppedClock,
    });
    let next = await training.next();
    while (!next.done) next = await training.next();
    state = { network: state.network, weights: next.value.weights };
  }
  return state;
}
