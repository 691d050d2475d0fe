import { NetworkBuilder, dropout, flatten, relu } from '@pare/graph';
import { adam } from '../optimizers/adam.ts';
import { blobDataset } from './blob-dataset.ts';
import { createReferenceEngine } from './reference-engine.ts';
import { watchSteps } from './watch-steps.ts';
import type { Network } from '@pare/graph';
import type { Method, Stage, TrainStage, TransformStage } from '../contracts/method.ts';
import type { ExperimentParts } from '../run/experiment.ts';

/** What can be changed in a `smallExperiment`. */
export interface SmallExperimentOptions {
  readonly stages?: readonly Stage[];
  /** Called when a training step has been done. */
  readonly onStep?: () => void;
}

/** A network of 5 hidden units with dropout, for images [2, 2, 1] of three classes. */
export function smallNetwork(units = 5): Network {
  const builder = new NetworkBuilder();
  const x = builder.input([2, 2, 1]);
  const hidden = dropout(relu(builder.dense('fc1', flatten(x), { units })), 0.2);
  return builder.build('small', x, builder.dense('fc2', hidden, { units: 3 }));
}

/** A training stage of three epochs with five steps each. */
export const smallTraining = (changes: Partial<TrainStage> = {}): TrainStage => ({
  kind: 'train',
  name: 'train',
  epochs: 3,
  batchSize: 10,
  optimizer: adam({ learningRate: 0.02 }),
  ...changes,
});

/** A stage that removes the last hidden unit and sets weights below 0.1 to zero. */
export const smallPruning: TransformStage = {
  kind: 'transform',
  name: 'prune',
  run: ({ weights, log }) => {
    const network = smallNetwork(4);
    log('removed one unit');
    return Promise.resolve({
      network,
      weights: new Map(
        network.parameters.map(({ name, shape }) => {
          const { data, shape: old } = weights.get(name)!;
          const columns = old.at(-1)!;
          const wanted = shape.at(-1)!;
          const kept = data
            .filter((_, i) => i % columns < wanted)
            .slice(
              0,
              shape.reduce((a, b) => a * b, 1),
            );
          return [
            name,
            {
              dtype: 'float32' as const,
              shape,
              data: kept.map((w) => (Math.abs(w) < 0.1 ? 0 : w)),
            },
          ];
        }),
      ),
      report: { values: { removed: 1 }, tables: [] },
    });
  },
};

/** A whole experiment that takes well under a second: train, prune, tune with the best epoch kept. */
export function smallExperiment({
  stages,
  onStep,
}: SmallExperimentOptions = {}): ExperimentParts & { readonly method: Method } {
  const planned = stages ?? [
    smallTraining(),
    smallPruning,
    smallTraining({ name: 'tune', keep: 'best', startCompetes: true }),
  ];
  return {
    network: smallNetwork(),
    dataset: blobDataset({ validation: 12 }),
    engine: onStep ? watchSteps(createReferenceEngine(), onStep) : createReferenceEngine(),
    seed: 7,
    settings: { checkpointEvery: { steps: 3 } },
    // Time stands still, so that runs can be compared as a whole.
    clock: { now: () => 0, monotonic: () => 0 },
    config: { model: 'small' },
    method: {
      name: 'small',
      paper: 'none',
      plan: () => planned,
      report: () => ({ values: { units: 4 }, tables: [] }),
      operatingPoints: () => [{ name: 'only', settings: {} }],
    },
  };
}
