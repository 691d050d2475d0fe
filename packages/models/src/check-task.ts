import { PareError } from '@pare/core';
import type { ModelTask } from '@pare/core';

/** Throws MODEL_BAD_TASK for sizes that make no sense, MODEL_IMAGE_TOO_SMALL for less than `smallest` pixels a side. */
export function checkTask(model: string, { imageShape, classes }: ModelTask, smallest = 1): void {
  const shape = imageShape.join(' x ');
  if (
    imageShape.length !== 3 ||
    ![...imageShape, classes].every((n) => Number.isInteger(n) && n > 0)
  ) {
    throw new PareError(
      'MODEL_BAD_TASK',
      `${model}: needs images of height x width x channels and a number of classes, whole numbers from 1; received ${shape} and ${classes} classes.`,
    );
  }
  const [height, width] = imageShape;
  if (Math.min(height, width) < smallest) {
    throw new PareError(
      'MODEL_IMAGE_TOO_SMALL',
      `${model}: needs images of at least ${smallest} x ${smallest} pixels; received ${height} x ${width}. Use larger images (data sets have the option "pad") or another model.`,
    );
  }
}
