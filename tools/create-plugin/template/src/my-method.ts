import { adam } from '@pare/core';
import { notEqual, where } from '@pare/graph';
import { countWeights, pruneSmallest } from './prune-smallest.ts';
import type { Method, Stage, TrainStage } from '@pare/core';
import type { MethodOptions } from './options.ts';

/** Magnitude pruning: train, set the smallest weights to 0, train what is left. */
export function myMethod(options: MethodOptions): Method {
  const { keep, epochs, finetuneEpochs, batchSize, learningRate } = options;
  const training = (name: string, count: number): TrainStage => ({
    kind: 'train',
    name,
    epochs: count,
    batchSize,
    optimizer: adam({ learningRate }),
  });
  const stages: Stage[] = [
    training('train', epochs),
    {
      kind: 'transform',
      name: 'prune',
      run: ({ network, weights, log }) => {
        const pruned = pruneSmallest(network, weights, keep);
        log(`kept ${countWeights(network, pruned).kept} weights`);
        return Promise.resolve({ network, weights: pruned });
      },
    },
  ];
  if (finetuneEpochs > 0) {
    stages.push({
      ...training('finetune', finetuneEpochs),
      // A weight that is 0 gets no gradient, so it stays 0.
      adjust: ({ variable }, gradient) => ({
        gradient: where(notEqual(variable, 0), gradient, 0),
      }),
    });
  }
  return {
    name: 'my-method',
    paper: 'Your paper, or the one whose idea this is',
    plan: () => stages,
    report: ({ network, weights }) => {
      const { kept, all } = countWeights(network, weights);
      return { values: { keptWeights: kept, allWeights: all, keptShare: kept / all }, tables: [] };
    },
    operatingPoints: () => [{ name: 'pruned', settings: { keep } }],
  };
}
