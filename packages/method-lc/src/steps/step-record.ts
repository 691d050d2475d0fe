import { compressionRatio } from '../compressions/counting/compression-ratio.ts';
import { compressionOf } from './task-compression.ts';
import type { Network } from '@pare/graph';
import type { CompressedWeights } from '../compressions/compressed-weights.ts';
import type { CompressionKinds } from '../compressions/create-compression.ts';
import type { CompressionTask } from '../tasks/compression-task.ts';
import type { StepRecord } from './history.ts';
import type { TaskStates } from './task-state.ts';

interface StepFacts extends Pick<StepRecord, 'step' | 'mu' | 'learningRate' | 'distance'> {
  readonly network: Network;
  readonly tasks: readonly CompressionTask[];
  readonly states: TaskStates;
  readonly kinds: CompressionKinds;
}

/** The record of a step, and a line about it. */
export function stepRecord(facts: StepFacts): { record: StepRecord; text: string } {
  const { network, tasks, states, kinds, step, mu, learningRate, distance } = facts;
  const ratio = wholeRatio(network, tasks, states, kinds);
  const ranks = tasks.flatMap(({ name }) => ranksOf(states.get(name)!.theta)).join(' ');
  const record = { step, mu, learningRate, distance, ratio, ranks };
  const of = step === 0 ? 'direct compression' : `step ${step}: mu ${short(mu)}`;
  const text = `lc: ${of}, ‖w - Δ‖² ${short(distance)}, ${sizeText(ratio)}${ranks && `, ranks ${ranks}`}`;
  return { record, text };
}

/** Compression ratio of the network as the authors count bits, with every number that no task covers at 32 bits. */
export function wholeRatio(
  network: Network,
  tasks: readonly CompressionTask[],
  states: TaskStates,
  kinds: CompressionKinds,
): number {
  const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
  const trainable = network.parameters.filter((parameter) => parameter.trainable);
  const reference = trainable.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const covered = tasks.reduce((sum, { name }) => sum + states.get(name)!.delta.length, 0);
  const compressedBits = tasks.reduce(
    (sum, task) => sum + compressionOf(task, kinds).bits(states.get(task.name)!.theta),
    0,
  );
  return compressionRatio({ reference, compressedBits, uncompressed: reference - covered });
}

function ranksOf(theta: CompressedWeights): number[] {
  if (theta.kind === 'factors') return [theta.rank];
  return theta.kind === 'sum' ? theta.parts.flatMap(ranksOf) : [];
}

const sizeText = (ratio: number) =>
  ratio < 1 ? `${short(1 / ratio)} times larger` : `${short(ratio)} times smaller`;

const short = (value: number) => String(Number(value.toPrecision(4)));
