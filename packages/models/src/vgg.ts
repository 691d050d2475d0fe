import { parseOptions, provide } from '@pare/core';
import { avgPool, maxPool, relu } from '@pare/graph';
import { checkTask } from './check-task.ts';
import { convLayers } from './layers/conv-layers.ts';
import { defaultHead, smallestMap, vggHead } from './vgg-head.ts';
import { namedVggOptions, vggOptions } from './vgg-options.ts';
import { vggStages } from './vgg-stages.ts';
import type { Model, ModelTask, Provision } from '@pare/core';
import type { NetworkBuilder, Value } from '@pare/graph';
import type { z } from 'zod';

type VggOptions = z.output<typeof vggOptions>;

/**
 * VGG (Simonyan and Zisserman 2015): stages of 3 x 3 convolutions, each with norm (default none) and ReLU, and 2 x 2
 * pooling after a stage; then dense layers. Parameters have torchvision's names: `features.<n>`, n counting convolutions,
 * norms, ReLUs and poolings, and `classifier` or `classifier.<n>`. VGG-16 on 224 x 224 x 3 and 1000 classes: 138,357,544
 * parameters and 15,470,264,320 multiply-adds; on 32 x 32 x 3 and 10 classes 14,719,818 and 313,201,664. `name` is the
 * network's name.
 *
 * The smallest image has 2 pixels a side for each halving: 32 for 5 of them; times 7 with head "imagenet", 2 with "bip".
 */
export function createVgg(input: z.input<typeof vggOptions> = {}, name = 'vgg'): Model {
  const options = parseOptions(vggOptions, input, { owner: `model "${name}"` });
  return {
    name,
    build(builder, task) {
      const head = checkedHead(name, options, task);
      const x = builder.input(task.imageShape);
      const map = features(builder, x, options);
      const logits = vggHead(builder, head, map, {
        classes: task.classes,
        dropout: options.dropout,
        init: options.denseInit,
      });
      return builder.build(name, x, options.logitsRelu ? relu(logits) : logits);
    },
  };
}

/** The head, for which the image is large enough. */
function checkedHead(name: string, { depth, lastPool, head }: VggOptions, task: ModelTask) {
  const halvings = vggStages[depth].length - (lastPool === 'none' ? 1 : 0);
  const [height, width] = task.imageShape;
  const chosen = head ?? defaultHead(height, width);
  const what = head === undefined ? name : `${name} with head "${head}"`;
  checkTask(what, task, smallestMap(chosen) * 2 ** halvings);
  return chosen;
}

/** Convolutions, norms and poolings. */
function features(builder: NetworkBuilder, x: Value, options: VggOptions): Value {
  const layers = convLayers(builder, options);
  const stages: readonly (readonly number[])[] = vggStages[options.depth];
  let module = 0;
  const next = () => `features.${module++}`;
  let y = x;
  stages.forEach((stage, i) => {
    for (const filters of stage) {
      y = layers.conv(next(), y, { filters, kernel: 3 });
      y = relu(options.norm === 'none' ? y : layers.norm(next(), y));
      module++;
    }
    y = pools[i < stages.length - 1 ? 'max' : options.lastPool](y);
    module++;
  });
  return y;
}

const pools: Readonly<Record<VggOptions['lastPool'], (x: Value) => Value>> = {
  max: (x) => maxPool(x, { size: 2 }),
  average: (x) => avgPool(x, { size: 2 }),
  none: (x) => x,
};

const depths = [11, 13, 16, 19] as const;

const named = (depth: (typeof depths)[number], norm: 'none' | 'batch') => {
  const name = norm === 'batch' ? `vgg-${depth}-bn` : `vgg-${depth}`;
  const description = `VGG with ${depth} layers${norm === 'batch' ? ' and batch norm' : ''}`;
  const options = namedVggOptions(depth, norm);
  const part = provide({
    description,
    options,
    create: (parts) => createVgg({ depth, ...parts.options }, name),
  });
  return [name, part] as const;
};

/** The family by registered name. */
export const vggParts: Readonly<Record<string, Provision<Model>>> = {
  vgg: provide({
    description: 'VGG of any depth (Simonyan and Zisserman 2015)',
    options: vggOptions,
    create: ({ options }) => createVgg(options),
  }),
  ...Object.fromEntries(depths.flatMap((depth) => [named(depth, 'none'), named(depth, 'batch')])),
};
