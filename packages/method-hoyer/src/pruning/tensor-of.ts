import { PareError } from '@pare/core';
import type { HostTensor, Tensors } from '@pare/core';

/** The tensor of a name; throws where it is missing. */
export function tensorOf(weights: Tensors, name: string): HostTensor {
  const tensor = weights.get(name);
  if (tensor) return tensor;
  throw new PareError(
    'MISSING_WEIGHT',
    `hoyer: the weights have no tensor "${name}"; known: ${[...weights.keys()].join(', ') || 'none'}.`,
  );
}
