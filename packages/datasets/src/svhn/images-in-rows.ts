import { PareError } from '@pare/core';
import type { MatArray } from './mat-array.ts';

const SIDE = 32;
const CHANNELS = 3;
const PIXELS = SIDE * SIDE * CHANNELS;

/**
 * Bytes [count, row, column, channel] of an array [row, column, channel, count] in the order of MATLAB. The array's own
 * memory is used, so that two copies never lie there. Throws SVHN_BAD_ARRAY.
 */
export function imagesInRows(array: MatArray | undefined, path: string): Uint8Array {
  const [rows, columns, channels] = array?.shape ?? [];
  const values = array?.values;
  const fits = rows === SIDE && columns === SIDE && channels === CHANNELS;
  if (!fits || !(values instanceof Uint8Array)) throw badImages(array, path);
  const image = new Uint8Array(PIXELS);
  for (let from = 0; from < values.length; from += PIXELS) {
    image.set(values.subarray(from, from + PIXELS));
    writeRows(image, values, from);
  }
  return values;
}

/** An image's rows run fastest in MATLAB, then its columns, then its channels. */
function writeRows(image: Uint8Array, to: Uint8Array, at: number): void {
  let target = at;
  for (let row = 0; row < SIDE; row++) {
    for (let from = row; from < SIDE * SIDE; from += SIDE) {
      to[target++] = image[from]!;
      to[target++] = image[from + SIDE * SIDE]!;
      to[target++] = image[from + 2 * SIDE * SIDE]!;
    }
  }
}

function badImages(array: MatArray | undefined, path: string): PareError {
  const received = array
    ? `"X" [${array.shape.join(', ')}] in ${array.values.constructor.name}`
    : 'none';
  return new PareError(
    'SVHN_BAD_ARRAY',
    `${path}: expected images "X" [32, 32, 3, count] of bytes; received ${received}. Is it a file of another data set?`,
  );
}
