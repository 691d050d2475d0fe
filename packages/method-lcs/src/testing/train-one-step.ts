import { SeededRandom, trainStage } from '@pare/core';
import { createTensorFlowEngine } from '@pare/engine-tensorflow';
import { twoImages } from './two-images.ts';
import type { CompressedState, HostTensor, TrainStage } from '@pare/core';

/** One step of a stage on the two images, with the given feeds and learning rate. Gives the metrics and the weights after it. */
export async function trainOneStep(
  state: CompressedState,
  stage: TrainStage,
  feeds: () => Record<string, HostTensor>,
): Promise<{ metrics: Readonly<Record<string, number>>; weights: CompressedState['weights'] }> {
  const { schedule: _schedule, ...plain } = stage;
  const engine = await createTensorFlowEngine();
  const training = trainStage({
    ...state,
    engine,
    dataset: twoImages(),
    stage: { ...plain, epochs: 1, batchSize: 2, feeds },
    random: new SeededRandom(1),
    clock: { now: () => 0, monotonic: () => 0 },
    settings: { evaluateEvery: 0 },
  });
  let metrics: Readonly<Record<string, number>> = {};
  let next = await training.next();
  for (; !next.done; next = await training.next()) {
    if (next.value.type === 'epoch') metrics = next.value.train;
  }
  await engine.dispose();
  return { metrics, weights: next.value.weights };
}
