import { formatShape, sameShape } from '@pare/graph';
import { PareError } from '../errors/pare-error.ts';
import type { Value } from '@pare/graph';
import type { HostTensor, Tensors } from '../contracts/tensor.ts';

/** The values that variables need, from a larger set; throws MISSING_VARIABLE or BAD_VARIABLE where one is missing or has another shape. */
export function selectVariables(
  variables: Iterable<readonly [string, Value]>,
  values: Tensors,
  where: string,
): Map<string, HostTensor> {
  const selected = new Map<string, HostTensor>();
  for (const [name, { shape, dtype }] of variables) {
    const value = values.get(name);
    const expected = `${dtype} ${formatShape(shape)}`;
    if (!value) {
      throw new PareError(
        'MISSING_VARIABLE',
        `${where}: the variable "${name}" has no first value; expected ${expected}. Name it in the weights or in the stage's variables.`,
      );
    }
    if (value.dtype !== dtype || !sameShape(value.shape, shape)) {
      throw new PareError(
        'BAD_VARIABLE',
        `${where}: the variable "${name}" must be ${expected}; received ${value.dtype} ${formatShape(value.shape)}.`,
      );
    }
    selected.set(name, value);
  }
  return selected;
}
