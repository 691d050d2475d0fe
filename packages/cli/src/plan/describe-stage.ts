import { trainableParameters } from '@pare/graph';
import type { Network } from '@pare/graph';
import type { Progress, Stage, TrainStage } from '@pare/core';

/** What a dry run says of a stage. */
export interface StagePlan {
  readonly name: string;
  readonly kind: Stage['kind'];
  readonly epochs?: number;
  readonly stepsPerEpoch?: number;
  readonly steps?: number;
  readonly batchSize?: number;
  readonly optimizer?: string;
  /** In the first and the last step, and the largest in between. */
  readonly learningRate?: {
    readonly first: number;
    readonly last: number;
    readonly largest: number;
  };
  readonly keep?: 'last' | 'best';
  /** Trained parameters that the stage treats in a way of its own: another gradient, learning rate or decay. */
  readonly adjusted?: readonly string[];
  /** Parameters that it leaves alone. */
  readonly frozen?: readonly string[];
}

/** A stage in numbers, for a train split of so many images. */
export function describeStage(stage: Stage, network: Network, images: number): StagePlan {
  const { name, kind } = stage;
  if (stage.kind !== 'train') return { name, kind };
  const stepsPerEpoch = Math.ceil(images / stage.batchSize);
  return {
    name,
    kind,
    epochs: stage.epochs,
    stepsPerEpoch,
    steps: stage.epochs * stepsPerEpoch,
    batchSize: stage.batchSize,
    optimizer: stage.optimizer.name,
    learningRate: learningRates(stage, stepsPerEpoch),
    keep: stage.keep ?? 'last',
    ...matched(stage, network),
  };
}

/** Schedules are asked at every step, or at so many of them where there are more. */
const samples = 2000;

function learningRates({ optimizer, schedule, epochs }: TrainStage, stepsPerEpoch: number) {
  const steps = epochs * stepsPerEpoch;
  const at = (step: number) => {
    const progress: Progress = {
      step,
      epoch: Math.floor(step / stepsPerEpoch),
      stepsPerEpoch,
      epochs,
    };
    return optimizer.learningRate * (schedule?.(progress) ?? 1);
  };
  const stride = Math.max(1, Math.ceil(steps / samples));
  let largest = at(0);
  for (let step = 0; step < steps; step += stride) largest = Math.max(largest, at(step));
  return { first: at(0), last: at(Math.max(0, steps - 1)), largest };
}

function matched({ adjust }: TrainStage, network: Network) {
  const adjusted: string[] = [];
  const frozen: string[] = [];
  const state = { network, weights: new Map() };
  for (const parameter of trainableParameters(network)) {
    // Any value of the right shape will do for the gradient: only what is done with it matters here.
    const { frozen: left, ...changes } = adjust?.(parameter, parameter.variable, state) ?? {};
    if (left) frozen.push(parameter.name);
    else if (Object.keys(changes).length > 0) adjusted.push(parameter.name);
  }
  return { adjusted, frozen };
}
