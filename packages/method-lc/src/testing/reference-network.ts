import { readFileSync } from 'node:fs';
import { decodeSafetensors } from '@pare/core';
import type { GroupTensor } from '../compressions/tensor-group.ts';

const file = new URL('../../../../examples/assets/lenet300-classic.safetensors', import.meta.url);

/** Weights [300, 784], [100, 300] and [10, 100] of the authors' trained LeNet-300-100 with tanh, in PyTorch's order. */
export function referenceWeights(): GroupTensor[] {
  const { tensors } = decodeSafetensors(readFileSync(file), file.pathname);
  return [0, 1, 2].map((layer) => {
    const { shape, data } = tensors.get(`output.compressible_${layer}.weight`)!;
    return { shape, data: data as Float32Array };
  });
}

/** Numbers of the network that no example compresses: 410 biases. */
export const referenceBiases = 410;

/** Weights and biases of the network. */
export const referenceSize = 266_610;
