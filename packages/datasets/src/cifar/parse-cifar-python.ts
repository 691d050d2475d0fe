import { PareError } from '@pare/core';
import { NumpyArray, numpyGlobals } from '../pickle/numpy-array.ts';
import { readPickle } from '../pickle/read-pickle.ts';
import { CIFAR_PIXELS, checkBatch } from './cifar-batch.ts';
import type { CifarBatch } from './cifar-batch.ts';
import type { CifarLabels } from './cifar-kind.ts';

/**
 * Reads a file of the Python version: a pickled dict with "data", uint8 [count, 3072], and a list of labels. Throws
 * CIFAR_BAD_BATCH, DATASET_COUNT_MISMATCH, DATASET_LABEL_RANGE, DATASET_EMPTY, and what readPickle() throws.
 */
export function parseCifarPython(bytes: Uint8Array, wanted: CifarLabels, file: string): CifarBatch {
  const content = unpickle(bytes, file);
  if (!(content instanceof Map)) throw badBatch(file, 'a dict', 'something else');
  const data = pixelsOf(content.get('data'), file);
  const labels = labelsOf(content, wanted.key, file);
  const count = data.length / CIFAR_PIXELS;
  if (labels.length !== count) {
    throw new PareError(
      'DATASET_COUNT_MISMATCH',
      `${file}: has ${count} images, but ${labels.length} labels in "${wanted.key}". Get the file again.`,
    );
  }
  const batch = { bytes: data, first: 0, stride: CIFAR_PIXELS, labels };
  checkBatch(batch, wanted.classes, file);
  return batch;
}

/** What a pickle holds; its own errors do not know where the file came from. */
function unpickle(bytes: Uint8Array, file: string): unknown {
  try {
    return readPickle(bytes, { globals: numpyGlobals, name: file });
  } catch (error) {
    if (!(error instanceof PareError)) throw error;
    throw new PareError(error.code, `${error.message} Get the file again.`, { cause: error });
  }
}

function pixelsOf(data: unknown, file: string): Uint8Array {
  if (!(data instanceof NumpyArray)) throw badBatch(file, 'an array "data"', 'none');
  const { type, shape, bytes } = data;
  if (type.code === 'u1' && shape.length === 2 && shape[1] === CIFAR_PIXELS) return bytes;
  const received = `${type.code} [${shape.join(', ')}]`;
  throw badBatch(file, `"data" of the type u1 and the shape [count, ${CIFAR_PIXELS}]`, received);
}

function labelsOf(batch: Map<unknown, unknown>, key: string, file: string): Int32Array {
  const labels = batch.get(key);
  if (!Array.isArray(labels) || !labels.every((label) => Number.isInteger(label))) {
    const keys = [...batch.keys()].map((name) => `"${String(name)}"`).join(', ');
    throw badBatch(file, `a list of whole numbers "${key}"`, `the keys ${keys}`);
  }
  return Int32Array.from(labels as number[]);
}

const badBatch = (file: string, expected: string, received: string) =>
  new PareError(
    'CIFAR_BAD_BATCH',
    `${file}: expected ${expected}; received ${received}. Is it a file of another data set?`,
  );
