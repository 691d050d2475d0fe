import { parseOptions, provide } from '@pare/core';
import { flatten } from '@pare/graph';
import { z } from 'zod';
import { checkTask } from './check-task.ts';
import { withPresets } from './presets.ts';
import { layerInit, layerInitOption } from './weight-init.ts';
import type { Model, Provision } from '@pare/core';

/** Options of `linear`. */
export const linearOptions = withPresets(
  z.strictObject({
    bias: z.boolean().default(true).describe('Biases'),
    init: layerInitOption('First weights', 'uniform-fan-in'),
  }),
  { lc: { init: 'glorot-uniform' } },
);

/** Linear classifier: one dense layer, fc, on the pixels. 7,850 parameters on MNIST, 30,730 on CIFAR-10. */
export function createLinear(input: z.input<typeof linearOptions> = {}): Model {
  const name = 'linear';
  const { bias, init } = parseOptions(linearOptions, input, { owner: `model "${name}"` });
  return {
    name,
    build(builder, task) {
      checkTask(name, task);
      const x = builder.input(task.imageShape);
      const head = { units: task.classes, bias, ...layerInit(init) };
      return builder.build(name, x, builder.dense('fc', flatten(x), head));
    },
  };
}

/** The family by registered name. */
export const linearParts: Readonly<Record<string, Provision<Model>>> = {
  linear: provide({
    description: 'Linear classifier: one dense layer on the pixels',
    options: linearOptions,
    create: ({ options }) => createLinear(options),
  }),
};
