import { SeededRandom, initializeNetwork } from '@pare/core';
import { NetworkBuilder } from '@pare/graph';
import { lcsMethod, lcsOptions } from '@pare/method-lcs';
import { createCpreresnet20 } from '@pare/models';

/** What cPreResNet20 takes and gives. */
export const task = { imageShape: [32, 32, 3], classes: 10 };

/** The authors' choice of norm for each setting, and where it stands. */
const models = {
  structured: { norm: 'instance' },
  unstructured: { norm: 'group' },
  quantized: { norm: 'group', normPlacement: 'after' },
};

const trainImages = 50_000;
const epochs = 200;

/**
 * LCS with a line as a run on CIFAR-10 has it: the network with its second end points, its first weights, the training stage, and learning
 * rate and method's feeds of a step. Steps count from 0; that one is the first after the warm-up, when compression is fully on.
 */
export async function planLcs({ setting, batch }) {
  const plain = createCpreresnet20(models[setting]).build(new NetworkBuilder(), task);
  const options = lcsOptions.parse({ setting, epochs, batchSize: batch });
  const dataset = { name: 'random images', ...task, sizes: { train: trainImages } };
  const [extend, stage] = lcsMethod(options, console).plan({ network: plain, dataset });

  const random = new SeededRandom(20);
  const first = initializeNetwork(plain, random.fork('weights'));
  const start = { network: plain, weights: first, random: random.fork('end points') };
  const { network, weights } = await extend.run({ ...start, log: () => undefined });

  const done = Math.ceil(((options.warmUpBudget / 100) * epochs * trainImages) / batch);
  const stepsPerEpoch = Math.ceil(trainImages / batch);
  const epoch = Math.floor(done / stepsPerEpoch);
  const place = { epoch, stepsPerEpoch, epochs };
  const learningRate = stage.optimizer.learningRate * stage.schedule({ ...place, step: done });
  const draws = random.fork('feeds');
  return {
    network,
    weights: new Map([...weights].map(([name, tensor]) => [name, counted(name, tensor, done)])),
    stage,
    learningRate,
    feedsOf: (step) =>
      stage.feeds({ ...place, step: done + step, learningRate, random: draws.fork(`${step}`) }),
  };
}

/** Quantizers of activations count steps themselves. */
const counted = (name, tensor, steps) =>
  name.endsWith('.iteration_count') ? { ...tensor, data: Float32Array.of(steps) } : tensor;
