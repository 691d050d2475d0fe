import { open } from 'node:fs/promises';
import { PareError } from '@pare/core';
import { checkMemory } from '../images/memory-limit.ts';
import { inflateMatrix } from './inflate-matrix.ts';
import { parseMatArray } from './mat-array.ts';
import { MAT_TAG, MAT_TYPE, damagedMat, padded, parseTag } from './mat-element.ts';
import type { FileHandle } from 'node:fs/promises';
import type { MatArray } from './mat-array.ts';

const HEADER = 128;

/**
 * Reads every array of a MAT-file of version 5 (MATLAB 5 to 7.2, scipy.io.savemat), compressed or not, little-endian.
 * Throws MAT_UNSUPPORTED for other versions and for variables that are no arrays, MAT_DAMAGED, DATASET_TOO_LARGE.
 */
export async function readMat(path: string): Promise<Map<string, MatArray>> {
  const arrays = new Map<string, MatArray>();
  const file = await open(path);
  try {
    const { size: length } = await file.stat();
    checkHeader(await readAt(file, 0, HEADER, path), path);
    for (let at = HEADER; at < length;) {
      const { type, size } = parseTag(await readAt(file, at, MAT_TAG, path));
      const packed = type === MAT_TYPE.compressed;
      if (!packed && type !== MAT_TYPE.matrix)
        throw damagedMat(path, `a variable has type ${type}`);
      at += MAT_TAG;
      if (at + size > length)
        throw damagedMat(path, `cut off after ${length} of ${at + size} bytes`);
      const content = packed
        ? await inflateMatrix(path, at, size)
        : await readAt(file, at, size, path);
      const array = parseMatArray(content, path);
      arrays.set(array.name, array);
      at += packed ? size : padded(size);
    }
    return arrays;
  } finally {
    await file.close();
  }
}

function checkHeader(header: Uint8Array, path: string): void {
  // Version 0x0100, then the letters "MI" as the number that a little-endian machine writes.
  const [low, high, first, second] = header.subarray(124);
  if (low === 0 && high === 1 && first === 0x49 && second === 0x4d) return;
  const text = Buffer.from(header.subarray(0, 20))
    .toString('latin1')
    .replace(/[^ -~]+/g, ' ');
  throw new PareError(
    'MAT_UNSUPPORTED',
    `${path}: must be a MAT-file of version 5, little-endian; it begins with "${text.trim()}". Save it anew with -v7 or scipy.io.savemat.`,
  );
}

async function readAt(
  file: FileHandle,
  at: number,
  size: number,
  path: string,
): Promise<Uint8Array> {
  checkMemory(path, size);
  const bytes = new Uint8Array(size);
  const { bytesRead } = await file.read(bytes, 0, size, at);
  if (bytesRead === size) return bytes;
  throw damagedMat(path, `${size} bytes must follow byte ${at}; there are ${bytesRead}`);
}
