import { PareError } from '@pare/core';

/** An array of unsigned bytes from an IDX file. */
export interface IdxArray {
  readonly shape: readonly number[];
  /** A view of the file's bytes, row-major. */
  readonly data: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;
const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;

/**
 * Reads an IDX file of unsigned bytes with `rank` axes: big-endian magic 0x0000 08 rank, one uint32 for each axis, data.
 * `file` names it in errors: IDX_TRUNCATED, IDX_BAD_MAGIC, IDX_TRAILING_BYTES.
 */
export function parseIdx(bytes: Uint8Array, rank: number, file: string): IdxArray {
  const header = 4 + 4 * rank;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 4) checkMagic(view.getUint32(0), rank, file);
  if (bytes.length < header) {
    throw new PareError(
      'IDX_TRUNCATED',
      `${file}: the header needs ${header} bytes; the file has ${bytes.length}. Get the file again.`,
    );
  }
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  checkLength(bytes.length, header, shape, file);
  return { shape, data: bytes.subarray(header) };
}

function checkMagic(magic: number, rank: number, file: string): void {
  const expected = (UNSIGNED_BYTE << 8) | rank;
  if (magic === expected) return;
  const otherRank = magic >>> 8 === UNSIGNED_BYTE;
  const hint = otherRank
    ? ` It has ${magic & 0xff} axes instead of ${rank}: are the image and label files exchanged?`
    : ' It is no IDX file of unsigned bytes.';
  throw new PareError(
    'IDX_BAD_MAGIC',
    `${file}: must begin with ${hex(expected)}; it begins with ${hex(magic)}.${hint}`,
  );
}

function checkLength(length: number, header: number, shape: readonly number[], file: string): void {
  const data = shape.reduce((a, b) => a * b, 1);
  if (length === header + data) return;
  const facts = `the header promises ${shape.join(' x ')} = ${data} bytes of data; there are ${length - header}`;
  if (length < header + data) {
    throw new PareError('IDX_TRUNCATED', `${file}: ${facts}. Get the file again.`);
  }
  throw new PareError(
    'IDX_TRAILING_BYTES',
    `${file}: ${facts}, so ${length - header - data} bytes follow the data. Get the file again.`,
  );
}
