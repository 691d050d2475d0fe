import { writeFile } from 'node:fs/promises';
import { encodeSafetensors } from '../artifact/safetensors.ts';
import type { SafetensorsTensor } from '../artifact/safetensors.ts';

/** Tensors by name, for files of tests. */
export type FileTensors = Readonly<Record<string, SafetensorsTensor>>;

/** A float32 tensor with the numbers 1, 2, 3, ..., or others. */
export function numbered(
  shape: readonly number[],
  number: (index: number) => number = (i) => i + 1,
): SafetensorsTensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return { dtype: 'F32', shape, data: Float32Array.from({ length: size }, (_, i) => number(i)) };
}

/** Writes a safetensors file; `format` is what its metadata say. */
export async function writeWeights(
  path: string,
  tensors: FileTensors,
  format?: string,
): Promise<string> {
  const metadata: Record<string, string> = format === undefined ? {} : { format };
  const chunks = encodeSafetensors({ tensors: new Map(Object.entries(tensors)), metadata });
  await writeFile(path, Buffer.concat(chunks));
  return path;
}
