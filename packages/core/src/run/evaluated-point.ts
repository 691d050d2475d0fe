import { packWeights } from '../artifact/packed-weights.ts';
import { measureSize } from './stage-result.ts';
import type { Evaluation } from '../contracts/events.ts';
import type { CompressedState, OperatingPoint } from '../contracts/method.ts';
import type { NetworkSize } from './stage-result.ts';

/** What the plain network at an operating point takes. */
export interface PointSize extends NetworkSize {
  /** Bytes of its weights in a file, packed without loss. */
  readonly storedBytes: number;
}

/** An operating point with its result. */
export interface EvaluatedPoint {
  readonly point: OperatingPoint;
  readonly evaluation: Evaluation;
  readonly size: PointSize;
}

/** Counts of the plain network at an operating point, and the bytes that its weights would be stored in. */
export function measurePoint({ network, weights }: CompressedState): PointSize {
  const own = new Map(network.parameters.map(({ name }) => [name, weights.get(name)!]));
  const { storedBytes } = packWeights(own);
  return { ...measureSize({ network, weights }), storedBytes };
}
