import { buildTrainingProgram } from '@pare/core';
import { instantiate, nameOf, program } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { uniformFill } from './name-fill.ts';
import type { CompressedState, Method, Random, TrainStage } from '@pare/core';
import type { Network } from '@pare/graph';

/** A random image for a network. */
export function imageFor(network: Network) {
  const shape = [1, ...(network.input.shape.slice(1) as number[])];
  const data = uniformFill(
    5,
    shape.reduce((a, b) => a * b, 1),
  );
  return { shape, data };
}

/** Its class. */
const label = 2;

/** The training stage of a method for a network, extended already or not. */
export function trainingStage(method: Method, network: Network): TrainStage {
  const [, height, width, channels] = network.input.shape as number[];
  const dataset = {
    name: 'random',
    imageShape: [height!, width!, channels!] as const,
    classes: network.output.shape[1] as number,
    sizes: { train: 100 },
    normalization: { mean: [0], deviation: [1] },
    source: 'made up',
  };
  return method.plan({ network, dataset }).at(-1) as TrainStage;
}

/** The metrics of one training step at the random share `drawn`, by the float64 evaluator. */
export function stepMetrics(
  { network, weights }: CompressedState,
  stage: TrainStage,
  drawn: number,
): Record<string, number> {
  const { objective, inputs } = buildTrainingProgram(network, stage);
  const random: Random = {
    seed: 0,
    uniform: () => drawn,
    normal: () => 0,
    integer: () => 0,
    fork: () => random,
  };
  const place = { step: 0, epoch: 0, stepsPerEpoch: 1, learningRate: 1 };
  const { outputs } = evaluate(
    program({ outputs: objective.metrics, inputs: objective.inputs ?? [] }),
    {
      [nameOf(network.input)]: imageFor(network),
      [inputs.labels]: { shape: [1], data: [label] },
      ...stage.feeds!({ ...place, random }),
    },
    weights,
  );
  return Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, value.data[0]!]));
}

/** Cross-entropy of a plain network in training mode on the same image, by the float64 evaluator. */
export function trainingLoss({ network, weights }: CompressedState): number {
  const { output } = instantiate(network, { mode: 'train' });
  const { outputs } = evaluate(
    program({ outputs: { logits: output } }),
    { [nameOf(network.input)]: imageFor(network) },
    weights,
  );
  const logits = [...outputs.logits!.data];
  return Math.log(logits.reduce((sum, z) => sum + Math.exp(z - logits[label]!), 0));
}
