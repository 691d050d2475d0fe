import { PareError } from '@pare/core';

/** Types of data elements (MAT-File Format, version 5, table 1-1). */
export const MAT_TYPE = { uint8: 2, matrix: 14, compressed: 15 } as const;

/** Bytes of type and size before an element's content. */
export const MAT_TAG = 8;

/** A data element: its type and its content, little-endian. */
export interface MatElement {
  readonly type: number;
  readonly data: Uint8Array;
}

/** Type and size that stand before an element's content, 8 bytes. */
export function parseTag(bytes: Uint8Array): { type: number; size: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
  return { type: view.getUint32(0, true), size: view.getUint32(4, true) };
}

/** Content takes up whole multiples of 8 bytes. */
export const padded = (size: number): number => Math.ceil(size / 8) * 8;

/** Reads one element after the other from `bytes`; throws MAT_DAMAGED where they end within one. */
export function* elementsOf(bytes: Uint8Array, file: string): Generator<MatElement, void> {
  let at = 0;
  while (at + 8 <= bytes.length) {
    const { type, size } = parseTag(bytes.subarray(at));
    // Up to four bytes stand in the tag itself; their number is in the upper half of the type.
    const small = type >>> 16;
    const from = small > 0 ? at + 4 : at + 8;
    const length = small > 0 ? small : size;
    if (from + length > bytes.length || small > 4) {
      throw damagedMat(file, `an element of ${length} bytes does not fit where it stands`);
    }
    yield { type: type & 0xffff, data: bytes.subarray(from, from + length) };
    at = small > 0 ? at + 8 : from + padded(length);
  }
}

/** MAT_DAMAGED, with the fact that shows it. */
export const damagedMat = (file: string, fact: string, cause?: unknown) =>
  new PareError('MAT_DAMAGED', `${file}: ${fact}. The file is damaged; get it again.`, { cause });
