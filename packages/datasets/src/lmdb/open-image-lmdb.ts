import { PareError } from '@pare/core';
import { countFromValue, imageFromValue, keysFromValue } from './image-value.ts';
import { openLmdb } from './open-lmdb.ts';
import type { EncodedImage, EncodedSource } from '../encoded/encoded-source.ts';
import type { LmdbReader } from './open-lmdb.ts';

/** Key of an image. */
type KeyOf = (index: number) => Uint8Array;

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const show = (key: Uint8Array): string => JSON.stringify(Buffer.from(key).toString());
const decimalKey: KeyOf = (index) => encode(String(index));

/**
 * Images in an LMDB file (or folder) as the authors of BiP and of LC keep ImageNet: `__len__` is the pickled number N of images, and each of
 * the keys "0" to "N-1" a pickled pair (bytes of an image file, integer label). Other keys are taken from `__keys__`, a pickled list of
 * them, which is then held in memory.
 *
 * Opening reads `__len__` and the first and last image only. Throws what openLmdb() throws, LMDB_BAD_VALUE, LMDB_MISSING_KEY,
 * DATASET_EMPTY.
 */
export async function openImageLmdb(path: string): Promise<EncodedSource> {
  const reader = await openLmdb(path);
  try {
    return await imageSource(reader);
  } catch (error) {
    await reader.close();
    throw error;
  }
}

async function imageSource(reader: LmdbReader): Promise<EncodedSource> {
  const count = await readCount(reader);
  const source = new ImageLmdb(reader, count, await findKeys(reader, count));
  // The first image shows what the values are, the last one whether the file is whole.
  await source.read(0);
  await source.read(count - 1);
  return source;
}

class ImageLmdb implements EncodedSource {
  readonly count: number;
  readonly #reader: LmdbReader;
  readonly #keyOf: KeyOf;

  constructor(reader: LmdbReader, count: number, keyOf: KeyOf) {
    this.#reader = reader;
    this.count = count;
    this.#keyOf = keyOf;
  }

  nameOf(index: number): string {
    return nameOf(this.#reader, this.#keyOf(index));
  }

  async read(index: number): Promise<EncodedImage> {
    const value = await required(this.#reader, this.#keyOf(index));
    return imageFromValue(value, this.nameOf(index));
  }

  async close(): Promise<void> {
    await this.#reader.close();
  }
}

async function readCount(reader: LmdbReader): Promise<number> {
  const key = encode('__len__');
  const count = countFromValue(await required(reader, key), nameOf(reader, key));
  const { path, entries } = reader;
  if (count === 0) throw new PareError('DATASET_EMPTY', `${path}: has no images: __len__ is 0.`);
  if (count < entries) return count;
  throw new PareError(
    'LMDB_BAD_VALUE',
    `${path}: __len__ says ${count} images, but all entries are ${entries}. Was it written to its end? Write it anew.`,
  );
}

async function findKeys(reader: LmdbReader, count: number): Promise<KeyOf> {
  if ((await reader.get(decimalKey(0))) !== undefined) return decimalKey;
  const key = encode('__keys__');
  const list = await reader.get(key);
  // Without a list the first read says that "0" is missing.
  if (list === undefined) return decimalKey;
  const keys = keysFromValue(list, nameOf(reader, key));
  if (keys.length === count) return (index) => keys[index]!;
  throw new PareError(
    'LMDB_BAD_VALUE',
    `${reader.path}: __keys__ lists ${keys.length} images and __len__ says ${count}; they must agree. Write it anew.`,
  );
}

async function required(reader: LmdbReader, key: Uint8Array): Promise<Uint8Array> {
  const value = await reader.get(key);
  if (value !== undefined) return value;
  const { path, entries } = reader;
  throw new PareError(
    'LMDB_MISSING_KEY',
    `${path}: has no key ${show(key)} among its ${entries} (${await firstKeys(reader)}). Expected are "__len__" with the number N of images, and "0" to "N-1", or the keys that "__keys__" lists.`,
  );
}

async function firstKeys(reader: LmdbReader): Promise<string> {
  const shown: string[] = [];
  for await (const key of reader.keys()) {
    if (shown.length === 3) return `${shown.join(', ')}, ...`;
    shown.push(show(key));
  }
  return shown.join(', ') || 'it is empty';
}

function nameOf({ path }: LmdbReader, key: Uint8Array): string {
  return `${path}, key ${show(key)}`;
}
