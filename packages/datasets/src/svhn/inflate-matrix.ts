import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createInflate } from 'node:zlib';
import { PareError } from '@pare/core';
import { checkMemory } from '../images/memory-limit.ts';
import { MAT_TAG, MAT_TYPE, damagedMat, parseTag } from './mat-element.ts';

/**
 * Content of the one matrix that is packed in `size` bytes of a file. It is unpacked as it is read, into memory of its own
 * size: packed and unpacked data never lie there together. Throws MAT_DAMAGED, DATASET_TOO_LARGE.
 */
export async function inflateMatrix(path: string, at: number, size: number): Promise<Uint8Array> {
  let [head, filled]: [Buffer, number] = [Buffer.alloc(0), 0];
  let matrix: Uint8Array | undefined;
  const take = (part: Buffer) => {
    let chunk = part;
    if (!matrix) {
      head = Buffer.concat([head, part]);
      if (head.length < MAT_TAG) return;
      matrix = new Uint8Array(matrixSize(head, path));
      chunk = head.subarray(MAT_TAG);
    }
    if (filled + chunk.length > matrix.length) throw damagedMat(path, 'bytes follow a matrix');
    matrix.set(chunk, filled);
    filled += chunk.length;
  };
  try {
    const source = createReadStream(path, { start: at, end: at + size - 1 });
    await pipeline(source, createInflate(), async (parts: AsyncIterable<Buffer>) => {
      for await (const part of parts) take(part);
    });
  } catch (error) {
    if (error instanceof PareError) throw error;
    throw damagedMat(path, `packed data cannot be unpacked (${(error as Error).message})`, error);
  }
  if (matrix && filled === matrix.length) return matrix;
  throw damagedMat(path, `a matrix of ${matrix?.length ?? 'unknown'} bytes has ${filled} bytes`);
}

function matrixSize(head: Uint8Array, path: string): number {
  const { type, size } = parseTag(head);
  if (type !== MAT_TYPE.matrix) throw damagedMat(path, `a packed variable has type ${type}`);
  checkMemory(path, size);
  return size;
}
