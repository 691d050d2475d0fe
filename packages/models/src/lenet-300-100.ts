import { parseOptions } from '@pare/core';
import { dropout, flatten, relu, tanh } from '@pare/graph';
import { z } from 'zod';
import { checkTask } from './check-task.ts';
import { denseInit, denseInitOption } from './dense-init.ts';
import type { Model } from '@pare/core';
import type { Value } from '@pare/graph';

/** Options of `lenet-300-100`. */
export const lenet300100Options = z.strictObject({
  activation: z
    .enum(['relu', 'tanh'])
    .default('relu')
    .describe('After both hidden layers; "tanh" is the classic network of the LC examples'),
  init: denseInitOption,
  dropout: z.number().min(0).lt(1).default(0).describe('Dropout rate after both activations'),
});

const activations = { relu, tanh };

/**
 * LeNet-300-100 (LeCun et al. 1998): image, fc1 300, fc2 100, fc3 classes. On MNIST 266,610 parameters and 266,200
 * multiply-adds. The defaults are DeepHoyer's; LC: activation "tanh" (classic) or "relu" (modern), init "glorot-uniform".
 */
export function createLenet300100(input: z.input<typeof lenet300100Options> = {}): Model {
  const name = 'lenet-300-100';
  const options = parseOptions(lenet300100Options, input, { owner: 'model "lenet-300-100"' });
  const activation = activations[options.activation];
  const init = denseInit(options.init);
  const drop = (y: Value) => (options.dropout > 0 ? dropout(y, options.dropout) : y);
  return {
    name,
    build(builder, task) {
      checkTask(name, task);
      const x = builder.input(task.imageShape);
      let y = flatten(x);
      y = drop(activation(builder.dense('fc1', y, { units: 300, ...init })));
      y = drop(activation(builder.dense('fc2', y, { units: 100, ...init })));
      y = builder.dense('fc3', y, { units: task.classes, ...init });
      return builder.build(name, x, y);
    },
  };
}
