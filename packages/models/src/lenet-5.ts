import { parseOptions } from '@pare/core';
import { dropout, flatten, maxPool, relu } from '@pare/graph';
import { z } from 'zod';
import { checkTask } from './check-task.ts';
import { denseInit, denseInitOption } from './dense-init.ts';
import type { Model } from '@pare/core';
import type { Value } from '@pare/graph';

/** Options of `lenet-5`. */
export const lenet5Options = z.strictObject({
  init: denseInitOption,
  dropout: z.number().min(0).lt(1).default(0).describe('Dropout rate after fc1; LC also uses 0.5'),
});

/** Two times 5 x 5 without padding and halving must leave one pixel. */
const SMALLEST = 16;

/**
 * LeNet-5 in Caffe's form: conv1 20 and conv2 50 filters 5 x 5, each with ReLU and 2 x 2 max pooling, fc1 500 with ReLU,
 * fc2 classes. On MNIST 431,080 parameters and 2,293,000 multiply-adds. Convolutions start in ±1/sqrt(fan in).
 */
export function createLenet5(input: z.input<typeof lenet5Options> = {}): Model {
  const name = 'lenet-5';
  const options = parseOptions(lenet5Options, input, { owner: 'model "lenet-5"' });
  const init = denseInit(options.init);
  const drop = (y: Value) => (options.dropout > 0 ? dropout(y, options.dropout) : y);
  return {
    name,
    build(builder, task) {
      checkTask(name, task, SMALLEST);
      const x = builder.input(task.imageShape);
      let y = maxPool(relu(builder.conv2d('conv1', x, { filters: 20, kernel: 5 })), { size: 2 });
      y = maxPool(relu(builder.conv2d('conv2', y, { filters: 50, kernel: 5 })), { size: 2 });
      y = drop(relu(builder.dense('fc1', flatten(y), { units: 500, ...init })));
      y = builder.dense('fc2', y, { units: task.classes, ...init });
      return builder.build(name, x, y);
    },
  };
}
