import { PareError } from '@pare/core';
import type { HostTensor } from '@pare/core';

/** Elements of a float32 tensor; throws where it has another type or a NaN, naming the tensor. */
export function finiteElements(name: string, tensor: HostTensor): Float32Array {
  const { data } = tensor;
  if (!(data instanceof Float32Array)) {
    throw new PareError(
      'BAD_WEIGHT',
      `hoyer: only float32 tensors can be pruned; "${name}" is ${tensor.dtype}.`,
    );
  }
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new PareError(
      'NOT_FINITE',
      `hoyer: "${name}" cannot be pruned, its element ${bad} is ${data[bad]}. Training has diverged: lower the learning rate or the strength.`,
    );
  }
  return data;
}

/** A copy of the tensor with 0 where |w| < threshold; ties survive. */
export function pruneTensor(name: string, tensor: HostTensor, threshold: number): HostTensor {
  const data = finiteElements(name, tensor).map((value) =>
    Math.abs(value) < threshold ? 0 : value,
  );
  return { ...tensor, data };
}
