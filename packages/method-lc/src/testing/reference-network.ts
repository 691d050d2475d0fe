import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decodeSafetensors } from '@pare/core';
import type { GroupTensor } from '../compressions/tensor-group.ts';

/** The authors' trained LeNet-300-100 with tanh: the model `lenet-300-100` with preset `lc`, in PyTorch's layout. */
export const referenceFile = fileURLToPath(
  new URL('../../../../examples/assets/lenet300-classic.safetensors', import.meta.url),
);

/** Its weights [300, 784], [100, 300] and [10, 100], in PyTorch's order. */
export function referenceWeights(): GroupTensor[] {
  const { tensors } = decodeSafetensors(readFileSync(referenceFile), referenceFile);
  return ['fc1', 'fc2', 'fc3'].map((layer) => {
    const { shape, data } = tensors.get(`${layer}.weight`)!;
    return { shape, data: data as Float32Array };
  });
}

/** Numbers of the network that no example compresses: 410 biases. */
export const referenceBiases = 410;

/** Weights and biases of the network. */
export const referenceSize = 266_610;
