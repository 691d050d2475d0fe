import { costReport } from '@pare/graph';
import type { Network } from '@pare/graph';
import type { Evaluation } from '../contracts/events.ts';
import type { CompressedState } from '../contracts/method.ts';
import type { Report } from '../contracts/report.ts';
import type { Tensors } from '../contracts/tensor.ts';

/** Size and work of a network with its weights. */
export interface NetworkSize {
  /** Trainable parameters. */
  readonly parameters: number;
  /** Trainable parameters that are not zero. */
  readonly nonzero: number;
  /** Multiply-adds for one image, zeros included. */
  readonly macs: number;
}

/** What is kept of a finished stage. */
export interface StageResult {
  readonly stage: string;
  /** `start`: the weights that the run began with, where they were given. */
  readonly kind: 'start' | 'train' | 'transform';
  readonly evaluation: Evaluation;
  readonly size: NetworkSize;
  readonly report?: Report;
  readonly seconds: number;
}

/** Counts parameters, non-zero ones and multiply-adds. */
export function measureSize({ network, weights }: CompressedState): NetworkSize {
  const { parameters, macs } = costReport(network);
  return { parameters, macs, nonzero: countNonzero(network, weights) };
}

function countNonzero(network: Network, weights: Tensors): number {
  let count = 0;
  for (const { name, trainable } of network.parameters) {
    if (!trainable) continue;
    const { data } = weights.get(name)!;
    for (let i = 0; i < data.length; i++) if (data[i] !== 0) count++;
  }
  return count;
}
