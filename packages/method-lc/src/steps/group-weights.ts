import { fromTorchLayout, toTorchLayout, torchShape } from '@pare/core';
import { joinTensors, splitTensors } from '../compressions/tensor-group.ts';
import type { HostTensor, Tensors } from '@pare/core';
import type { Parameter } from '@pare/graph';
import type { GroupTensor } from '../compressions/tensor-group.ts';

/** The weights of a group as one tensor in PyTorch's order. */
export function joinWeights(parameters: readonly Parameter[], weights: Tensors): GroupTensor {
  return joinTensors(
    parameters.map((parameter) => ({
      shape: torchShape(parameter),
      data: toTorchLayout(parameter, weights.get(parameter.name)!.data),
    })),
  );
}

/** Inverse of `joinWeights`: tensors by name of the parameter, in the parameter's own order. */
export function splitWeights(
  parameters: readonly Parameter[],
  data: Float32Array,
): Map<string, HostTensor> {
  const parts = splitTensors(data, parameters.map(torchShape));
  return new Map(
    parameters.map((parameter, i): [string, HostTensor] => {
      const { name, shape } = parameter;
      return [name, { dtype: 'float32', shape, data: fromTorchLayout(parameter, parts[i]!.data) }];
    }),
  );
}
