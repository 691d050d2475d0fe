import { PareError } from '@pare/core';
import { checkLabels } from '../images/check-labels.ts';

/** Height, width and channels. */
export const CIFAR_SHAPE = [32, 32, 3] as const;
const PLANE = CIFAR_SHAPE[0] * CIFAR_SHAPE[1];
/** Bytes of one image. */
export const CIFAR_PIXELS = PLANE * CIFAR_SHAPE[2];

/** Images of one file, colour planes one after the other: image i has CIFAR_PIXELS bytes from first + i * stride. */
export interface CifarBatch {
  readonly bytes: Uint8Array;
  readonly first: number;
  readonly stride: number;
  readonly labels: Int32Array;
}

/** Writes the images of a batch [count, height, width, channels] into `to`, from image `at` on. */
export function writePixels(batch: CifarBatch, to: Uint8Array, at: number): void {
  const { bytes, first, stride, labels } = batch;
  for (let i = 0; i < labels.length; i++) {
    let [from, target] = [first + i * stride, (at + i) * CIFAR_PIXELS];
    for (const end = from + PLANE; from < end; from++, target += 3) {
      to[target] = bytes[from]!;
      to[target + 1] = bytes[from + PLANE]!;
      to[target + 2] = bytes[from + 2 * PLANE]!;
    }
  }
}

/** Throws DATASET_LABEL_RANGE for a label that is no class number, DATASET_EMPTY where there are no labels. */
export function checkBatch({ labels }: CifarBatch, classes: number, file: string): void {
  if (labels.length === 0) {
    throw new PareError('DATASET_EMPTY', `${file}: has no images. Get the file again.`);
  }
  checkLabels(labels, [0, classes - 1], file);
}
