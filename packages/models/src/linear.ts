import { parseOptions, provide } from '@pare/core';
import { flatten } from '@pare/graph';
import { z } from 'zod';
import { checkTask } from './check-task.ts';
import { withPresets } from './presets.ts';
import { initOption, layerInit } from './layers/weight-init.ts';
import type { Model, Provision } from '@pare/core';

/** Options of `linear`. */
export const linearOptions = withPresets(
  z.strictObject({
    denseBias: z.boolean().default(true).describe('Whether the layer has a bias'),
    denseInit: initOption('the layer', 'uniform-fan-in'),
  }),
  { lc: { denseInit: 'glorot-uniform' } },
);

/** Linear classifier: one dense layer, fc, on the pixels. 7,850 parameters on MNIST, 30,730 on CIFAR-10. */
export function createLinear(input: z.input<typeof linearOptions> = {}): Model {
  const name = 'linear';
  const options = parseOptions(linearOptions, input, { owner: `model "${name}"` });
  const head = { bias: options.denseBias, ...layerInit(options.denseInit) };
  return {
    name,
    build(builder, task) {
      checkTask(name, task);
      const x = builder.input(task.imageShape);
      const logits = builder.dense('fc', flatten(x), { units: task.classes, ...head });
      return builder.build(name, x, logits);
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
