import { trainableParameters } from '@pare/graph';
import type { Network, Parameter } from '@pare/graph';

/** Numbers of trainable parameters as the publications give them. */
export interface ParameterCounts {
  readonly total: number;
  /** In weights of convolutions and dense layers. */
  readonly weights: number;
  /** Convolutions and dense layers. */
  readonly layers: number;
  /** In weights of convolutions. */
  readonly convolutions: number;
}

const sum = (parameters: readonly Parameter[]) =>
  parameters.map(({ shape }) => shape.reduce((a, b) => a * b, 1)).reduce((a, b) => a + b, 0);

/** Counts the trainable parameters of a network. */
export function parameterCounts(network: Network): ParameterCounts {
  const all = trainableParameters(network);
  const weights = all.filter(({ role }) => role === 'weight');
  return {
    total: sum(all),
    weights: sum(weights),
    layers: weights.length,
    convolutions: sum(weights.filter(({ layout }) => layout === 'hwio')),
  };
}
