import { PareError } from '../errors/pare-error.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';
import { packTensor } from './pack-tensor.ts';
import { unpackTensor } from './unpack-tensor.ts';
import type { HostTensor, Tensors } from '../contracts/tensor.ts';
import type { PackedDescription } from './unpack-tensor.ts';
import type { SafetensorsTensor } from './safetensors.ts';

/** Weights as they are stored: the file's chunks, and what a reader must know of each tensor. */
export interface PackedWeights {
  readonly chunks: readonly Uint8Array[];
  readonly tensors: Readonly<Record<string, PackedDescription>>;
  /** Bytes of all elements without packing. */
  readonly denseBytes: number;
  /** Bytes of the whole file. */
  readonly storedBytes: number;
}

/** Packs weights into one safetensors file, each tensor in its smallest lossless encoding. */
export function packWeights(weights: Tensors): PackedWeights {
  const stored = new Map<string, SafetensorsTensor>();
  const tensors: Record<string, PackedDescription> = {};
  let denseBytes = 0;
  for (const [name, tensor] of weights) {
    const { encoding, parts } = packTensor(tensor);
    tensors[name] = { dtype: tensor.dtype, shape: tensor.shape, encoding };
    denseBytes += tensor.data.byteLength;
    for (const [suffix, part] of parts) {
      if (stored.has(name + suffix)) {
        throw new PareError(
          'BAD_WEIGHT_NAME',
          `Two stored tensors would be named "${name + suffix}". Rename one of the parameters.`,
        );
      }
      stored.set(name + suffix, part);
    }
  }
  const chunks = encodeSafetensors({ tensors: stored, metadata: { format: 'pare-weights' } });
  return {
    chunks,
    tensors,
    denseBytes,
    storedBytes: chunks.reduce((sum, chunk) => sum + chunk.length, 0),
  };
}

/** Inverse of `packWeights`. Throws BAD_SAFETENSORS or BAD_PACKED_TENSOR. */
export function unpackWeights(
  bytes: Uint8Array,
  tensors: PackedWeights['tensors'],
  source: string,
): Map<string, HostTensor> {
  const file = decodeSafetensors(bytes, source);
  return new Map(
    Object.entries(tensors).map(([name, description]) => [
      name,
      unpackTensor(name, description, (suffix) => file.tensors.get(name + suffix)),
    ]),
  );
}
