import { batchFeeds } from '../evaluation/evaluate-split.ts';
import { stepSeed } from './step-seed.ts';
import { seedInput } from './build-training-program.ts';
import type { Network } from '@pare/graph';
import type { Batch } from '../contracts/dataset.ts';
import type { TrainStage } from '../contracts/method.ts';
import type { Random } from '../contracts/services.ts';
import type { HostTensor } from '../contracts/tensor.ts';
import type { TrainingPrograms } from './build-training-program.ts';

/** What the feeds of a step follow from. */
export interface StepFeedsOptions {
  readonly network: Network;
  readonly stage: TrainStage;
  readonly built: TrainingPrograms;
  readonly stepsPerEpoch: number;
  /** Stream of the stage. */
  readonly random: Random;
}

/** Makes the feeds of a training step from its batch and position alone, so that a step can be done again exactly. */
export class StepFeeds {
  readonly #options: StepFeedsOptions;
  readonly #layerSeed: number;
  readonly #feedRandom: Random;

  constructor(options: StepFeedsOptions) {
    this.#options = options;
    this.#layerSeed = options.random.fork('layers').seed;
    this.#feedRandom = options.random.fork('feeds');
  }

  /** Learning rate of a step; epoch and step within it count from 0. */
  learningRate(epoch: number, step: number): number {
    const { stage, stepsPerEpoch } = this.#options;
    const base = stage.optimizer.learningRate;
    if (!stage.schedule) return base;
    const progress = {
      step: epoch * stepsPerEpoch + step,
      epoch,
      stepsPerEpoch,
      epochs: stage.epochs,
    };
    return base * stage.schedule(progress);
  }

  /** Feeds of the program `train`. */
  of(batch: Batch, epoch: number, step: number): Record<string, HostTensor> {
    const { network, stage, built, stepsPerEpoch } = this.#options;
    const done = epoch * stepsPerEpoch + step;
    const learningRate = this.learningRate(epoch, step);
    const random = this.#feedRandom.fork(`step ${done}`);
    const feeds = Object.assign(
      batchFeeds(network, batch),
      built.optimizer.feeds(done + 1, learningRate),
      stage.feeds?.({ step: done, epoch, stepsPerEpoch, learningRate, random }),
    );
    if (built.needsSeed)
      feeds[seedInput] = { dtype: 'int32', shape: [2], data: stepSeed(this.#layerSeed, done) };
    return feeds;
  }
}
