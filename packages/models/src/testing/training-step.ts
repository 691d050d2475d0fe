import { SeededRandom, buildTrainingProgram, sgd } from '@pare/core';
import { firstWeights } from './first-weights.ts';
import type { Engine, HostTensor, Tensors } from '@pare/core';
import type { Network } from '@pare/graph';

/** What one step of training did. */
export interface TrainingStep {
  /** Mean cross-entropy before the step. */
  readonly loss: number;
  readonly before: Tensors;
  readonly after: Tensors;
}

const stage = {
  kind: 'train',
  name: 'train',
  epochs: 1,
  batchSize: 2,
  optimizer: sgd({ learningRate: 0.1 }),
} as const;

/** One step of SGD on two random images of the classes 0 and 1; the same for every engine. */
export async function trainingStep(engine: Engine, network: Network): Promise<TrainingStep> {
  const { programs, optimizer } = buildTrainingProgram(network, stage);
  const { train } = programs;
  const session = await engine.open({ train: train! });
  try {
    const before = firstWeights(network);
    await session.write(before);
    const inputs: Record<string, HostTensor> = {
      x: images(network),
      y: { dtype: 'int32', shape: [2], data: Int32Array.of(0, 1) },
      seed: { dtype: 'int32', shape: [2], data: Int32Array.of(1, 2) },
      ...optimizer.feeds(1, stage.optimizer.learningRate),
    };
    const wanted = Object.entries(inputs).filter(([name]) => train!.inputs.has(name));
    const { total } = await session.run('train', Object.fromEntries(wanted));
    return { loss: total!.data[0]!, before, after: await session.read([...before.keys()]) };
  } finally {
    await session.dispose();
  }
}

/** Two images of normal noise. */
function images({ input: x }: Network): HostTensor {
  const shape = [2, ...(x.shape.slice(1) as number[])];
  const random = new SeededRandom(2);
  const size = shape.reduce((a, b) => a * b, 1);
  return {
    dtype: 'float32',
    shape,
    data: Float32Array.from({ length: size }, () => random.normal()),
  };
}
