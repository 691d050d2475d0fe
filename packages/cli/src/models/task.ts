import { PareError } from '@pare/core';
import type { ModelTask } from '@pare/core';

/** Which images and how many classes a model is looked at for. */
export interface TaskOptions {
  /** For example `28x28x1`. */
  readonly image?: string;
  readonly classes?: string;
}

/** Images of MNIST, CIFAR-10 and ImageNet. */
export const usualTasks: readonly ModelTask[] = [
  { imageShape: [28, 28, 1], classes: 10 },
  { imageShape: [32, 32, 3], classes: 10 },
  { imageShape: [224, 224, 3], classes: 1000 },
];

/** The task that the options name, or the usual ones where no image is named. Throws USAGE. */
export function readTasks({ image, classes }: TaskOptions): readonly ModelTask[] {
  const count = classes === undefined ? undefined : readClasses(classes);
  if (image !== undefined) return [{ imageShape: readImage(image), classes: count ?? 10 }];
  return usualTasks.map((task) => ({ ...task, classes: count ?? task.classes }));
}

function readImage(image: string): [number, number, number] {
  const shape = /^([1-9]\d*)x([1-9]\d*)x([1-9]\d*)$/.exec(image)?.slice(1).map(Number);
  if (shape) return shape as [number, number, number];
  throw new PareError(
    'USAGE',
    `--image must be <height>x<width>x<channels>, for example 32x32x3; received "${image}".`,
  );
}

function readClasses(classes: string): number {
  if (/^[1-9]\d*$/.test(classes)) return Number(classes);
  throw new PareError('USAGE', `--classes must be a number from 1; received "${classes}".`);
}

/** `32x32x3`, as on the command line. */
export const imageText = ({ imageShape }: ModelTask): string => imageShape.join('x');
