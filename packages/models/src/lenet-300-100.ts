import { parseOptions, provide } from '@pare/core';
import { flatten, relu, tanh } from '@pare/graph';
import { z } from 'zod';
import { checkTask } from './check-task.ts';
import { dropoutLayer, dropoutRate } from './layers/dropout-layer.ts';
import { withPresets } from './presets.ts';
import { initOption, layerInit } from './layers/weight-init.ts';
import type { Model, Provision } from '@pare/core';
import type { Value } from '@pare/graph';

/** Options of `lenet-300-100`. */
export const lenet300100Options = withPresets(
  z.strictObject({
    activation: z.enum(['relu', 'tanh']).default('relu').describe('After both hidden layers'),
    dropout: dropoutRate.default(0).describe('Dropout rate after both activations'),
    denseInit: initOption('all layers', 'uniform-fan-in'),
  }),
  { hoyer: {}, lc: { activation: 'tanh', denseInit: 'glorot-uniform' } },
);

const activations = { relu, tanh };

/**
 * LeNet-300-100 (LeCun et al. 1998): image, fc1 300, fc2 100, fc3 classes. On MNIST 266,610 parameters and 266,200
 * multiply-adds. The defaults are DeepHoyer's; "lc" is LC's classic network, and with activation "relu" its modern one.
 */
export function createLenet300100(input: z.input<typeof lenet300100Options> = {}): Model {
  const name = 'lenet-300-100';
  const options = parseOptions(lenet300100Options, input, { owner: `model "${name}"` });
  const activation = activations[options.activation];
  const init = layerInit(options.denseInit);
  const after = (y: Value) => dropoutLayer(activation(y), options.dropout);
  return {
    name,
    build(builder, task) {
      checkTask(name, task);
      const x = builder.input(task.imageShape);
      let y = flatten(x);
      y = after(builder.dense('fc1', y, { units: 300, ...init }));
      y = after(builder.dense('fc2', y, { units: 100, ...init }));
      y = builder.dense('fc3', y, { units: task.classes, ...init });
      return builder.build(name, x, y);
    },
  };
}

/** The family by registered name. */
export const lenet300100Parts: Readonly<Record<string, Provision<Model>>> = {
  'lenet-300-100': provide({
    description: 'Two hidden layers of 300 and 100 units (LeCun et al. 1998)',
    options: lenet300100Options,
    create: ({ options }) => createLenet300100(options),
  }),
};
