import { sum } from '@pare/graph';
import type { Tensors } from '@pare/core';
import type { Network } from '@pare/graph';
import type { ValuedParameter } from './parameters.ts';

/** A network that consists of nothing but its parameters, for counting; its graph is of no use. */
export function networkOf(parameters: readonly ValuedParameter[]): {
  network: Network;
  weights: Tensors;
} {
  const first = parameters[0]!.variable;
  return {
    network: { name: 'parts', input: first, output: sum(first), parameters },
    weights: new Map(parameters.map(({ name, value }) => [name, value])),
  };
}
