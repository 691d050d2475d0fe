import { PareError } from '@pare/core';
import { readPickle } from '../pickle/read-pickle.ts';
import type { EncodedImage } from '../encoded/encoded-source.ts';

const SHOWN_BYTES = 12;

/** What else is found in such files, by its first bytes in hex. */
const FORMATS: readonly (readonly [start: RegExp, name: string])[] = [
  [/^ffd8ff/, 'a bare JPEG image without a label'],
  [/^89504e47/, 'a bare PNG image without a label'],
  [/^934e554d5059/, 'a NumPy array (.npy)'],
  [/^(00){16}ffffffff|^ffffffff/, 'what may be Apache Arrow (pyarrow)'],
  [/^[89]2/, 'what may be msgpack'],
  [/^800[2-5]/, 'another pickle'],
];

/** Decodes the pickled pair (bytes of an image file, integer label). `name` is file and key in errors: LMDB_BAD_VALUE. */
export function imageFromValue(value: Uint8Array, name: string): EncodedImage {
  const pair = unpickle(value, name, 'a pickled pair (bytes of an image file, label)');
  if (!Array.isArray(pair) || pair.length !== 2 || !(pair[0] instanceof Uint8Array)) {
    throw badValue(name, 'the pickle must be a pair (bytes of an image file, label)', pair);
  }
  const [bytes, label] = pair as [Uint8Array, unknown];
  return { bytes, label: wholeNumber(label, name, 'the label') };
}

/** Decodes a pickled whole number from 0. */
export function countFromValue(value: Uint8Array, name: string): number {
  const what = 'a pickled number of images';
  return wholeNumber(unpickle(value, name, what), name, 'the number of images');
}

/** Decodes a pickled list of keys. */
export function keysFromValue(value: Uint8Array, name: string): Uint8Array[] {
  const keys = unpickle(value, name, 'a pickled list of keys');
  const isKey = (key: unknown): key is Uint8Array => key instanceof Uint8Array;
  if (Array.isArray(keys) && keys.every(isKey)) return keys;
  throw badValue(name, 'the pickle must be a list of keys, each of bytes', keys);
}

function wholeNumber(value: unknown, name: string, what: string): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw badValue(name, `${what} must be a whole number from 0`, value);
}

function unpickle(value: Uint8Array, name: string, expected: string): unknown {
  try {
    return readPickle(value, { name: 'As a pickle' });
  } catch (error) {
    if (!(error instanceof PareError)) throw error;
    throw new PareError(
      'LMDB_BAD_VALUE',
      `${name}: must be ${expected}; found ${describeBytes(value)}. ${error.message}`,
      { cause: error },
    );
  }
}

function badValue(name: string, rule: string, found: unknown): PareError {
  const message = `${name}: ${rule}; it is ${describe(found)}. Write the file anew.`;
  return new PareError('LMDB_BAD_VALUE', message);
}

function describeBytes(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.subarray(0, 256)).toString('hex');
  const format = FORMATS.find(([start]) => start.test(hex))?.[1] ?? 'something else';
  const first = hex.slice(0, 2 * SHOWN_BYTES).replace(/..(?=.)/g, '$& ');
  return `${format}: ${bytes.length} bytes that begin with ${first || 'nothing'}`;
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return `[${value.slice(0, 4).map(describeShort).join(', ')}]`;
  return describeShort(value);
}

function describeShort(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (typeof value === 'string') return `text of ${value.length} characters`;
  if (value instanceof Map) return `a dict of ${value.size}`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value instanceof Set) return `a set of ${value.size}`;
  return value === null ? 'None' : `${value as number}`;
}
