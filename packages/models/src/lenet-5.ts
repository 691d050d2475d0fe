import { parseOptions, provide } from '@pare/core';
import { flatten, maxPool, relu } from '@pare/graph';
import { z } from 'zod';
import { checkTask } from './check-task.ts';
import { dropoutLayer, dropoutRate } from './layers/dropout-layer.ts';
import { withPresets } from './presets.ts';
import { initOption, layerInit } from './layers/weight-init.ts';
import type { Model, Provision } from '@pare/core';

/** Options of `lenet-5`. */
export const lenet5Options = withPresets(
  z.strictObject({
    dropout: dropoutRate.default(0).describe('Dropout rate after fc1; LC also uses 0.5'),
    init: initOption('the convolutions', 'uniform-fan-in'),
    denseInit: initOption('the dense layers', 'uniform-fan-in'),
  }),
  { hoyer: {}, lc: { denseInit: 'glorot-uniform' } },
);

/** Two times 5 x 5 without padding and halving must leave one pixel. */
const smallest = 16;

/**
 * LeNet-5 in Caffe's form: conv1 20 and conv2 50 filters 5 x 5, each with ReLU and 2 x 2 max pooling, fc1 500 with ReLU,
 * fc2 classes. On MNIST 431,080 parameters and 2,293,000 multiply-adds. Takes images from 16 x 16 pixels.
 */
export function createLenet5(input: z.input<typeof lenet5Options> = {}): Model {
  const name = 'lenet-5';
  const options = parseOptions(lenet5Options, input, { owner: `model "${name}"` });
  const conv = { kernel: 5, ...layerInit(options.init) };
  const dense = layerInit(options.denseInit);
  return {
    name,
    build(builder, task) {
      checkTask(name, task, smallest);
      const x = builder.input(task.imageShape);
      let y = maxPool(relu(builder.conv2d('conv1', x, { filters: 20, ...conv })), { size: 2 });
      y = maxPool(relu(builder.conv2d('conv2', y, { filters: 50, ...conv })), { size: 2 });
      y = relu(builder.dense('fc1', flatten(y), { units: 500, ...dense }));
      y = dropoutLayer(y, options.dropout);
      y = builder.dense('fc2', y, { units: task.classes, ...dense });
      return builder.build(name, x, y);
    },
  };
}

/** The family by registered name. */
export const lenet5Parts: Readonly<Record<string, Provision<Model>>> = {
  'lenet-5': provide({
    description: 'Two convolutions and two dense layers, 20-50-500 (Caffe)',
    options: lenet5Options,
    create: ({ options }) => createLenet5(options),
  }),
};
