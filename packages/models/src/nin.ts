import { parseOptions, provide } from '@pare/core';
import { avgPool, max, maxPool, mean, relu } from '@pare/graph';
import { z } from 'zod';
import { checkTask } from './check-task.ts';
import { convLayers } from './layers/conv-layers.ts';
import { dropoutLayer, dropoutRate } from './layers/dropout-layer.ts';
import { normOption } from './layers/norm-layer.ts';
import { withPresets } from './presets.ts';
import { initOption } from './layers/weight-init.ts';
import type { Model, Provision } from '@pare/core';
import type { Value } from '@pare/graph';
import type { ConvLayers } from './layers/conv-layers.ts';

/** Options of `nin`. */
export const ninOptions = withPresets(
  z.strictObject({
    norm: normOption.default('none'),
    pooling: z
      .enum(['mixed', 'max'])
      .default('mixed')
      .describe(
        'Poolings: "mixed": max, average, and the mean of the last map (the paper), or "max" three times (LC)',
      ),
    dropout: dropoutRate.default(0.5).describe('Dropout rate behind the first two poolings'),
    logitsRelu: z
      .boolean()
      .default(true)
      .describe('ReLU of the last map, whose mean or maximum are the logits'),
    init: initOption('the convolutions', 'he-normal-fan-out'),
  }),
  { lc: { norm: 'batch', pooling: 'max', logitsRelu: false } },
);

type Options = z.output<typeof ninOptions>;

interface Convolution {
  readonly name: string;
  readonly kernel: number;
  /** Default: classes. */
  readonly filters?: number;
}

/** Each stage is a convolution and a perceptron of two layers that runs over its pixels (cccp in the authors' code). */
const stages: readonly (readonly Convolution[])[] = [
  [
    { name: 'conv1', kernel: 5, filters: 192 },
    { name: 'cccp1', kernel: 1, filters: 160 },
    { name: 'cccp2', kernel: 1, filters: 96 },
  ],
  [
    { name: 'conv2', kernel: 5, filters: 192 },
    { name: 'cccp3', kernel: 1, filters: 192 },
    { name: 'cccp4', kernel: 1, filters: 192 },
  ],
  [
    { name: 'conv3', kernel: 3, filters: 192 },
    { name: 'cccp5', kernel: 1, filters: 192 },
    { name: 'cccp6', kernel: 1 },
  ],
];

/**
 * Network in Network for CIFAR (Lin et al. 2014): three stages of a convolution and two 1 x 1 convolutions, no dense
 * layer. Norms, where there are any, are named `<layer>.bn`. With preset "lc" on 32 x 32 x 3 and 10 classes 969,822
 * parameters and 222,486,528 multiply-adds. Takes images of any size.
 */
export function createNin(input: z.input<typeof ninOptions> = {}): Model {
  const name = 'nin';
  const options = parseOptions(ninOptions, input, { owner: `model "${name}"` });
  return {
    name,
    build(builder, task) {
      checkTask(name, task);
      const layers = convLayers(builder, { ...options, bias: true });
      const x = builder.input(task.imageShape);
      let y = x;
      stages.forEach((stage, i) => {
        if (i > 0) y = between(y, i, options);
        y = perceptron(layers, y, stage, task.classes, options);
      });
      const logits = options.pooling === 'max' ? max(y, [1, 2]) : mean(y, [1, 2]);
      return builder.build(name, x, logits);
    },
  };
}

/** Halves the image, rounded up, and drops some of it. */
function between(x: Value, stage: number, options: Options): Value {
  const pool = options.pooling === 'max' || stage === 1 ? maxPool : avgPool;
  const y = pool(x, { size: 3, strides: 2, padding: 1 });
  return dropoutLayer(y, options.dropout);
}

/** Convolutions with norm and ReLU. */
function perceptron(
  layers: ConvLayers,
  x: Value,
  stage: readonly Convolution[],
  classes: number,
  { logitsRelu }: Options,
): Value {
  return stage.reduce((y, { name, kernel, filters }) => {
    const z = layers.conv(name, y, { filters: filters ?? classes, kernel });
    const normed = layers.norm(`${name}.bn`, z);
    return filters !== undefined || logitsRelu ? relu(normed) : normed;
  }, x);
}

/** The family by registered name. */
export const ninParts: Readonly<Record<string, Provision<Model>>> = {
  nin: provide({
    description:
      'Network in Network for CIFAR: nine convolutions, no dense layer (Lin et al. 2014)',
    options: ninOptions,
    create: ({ options }) => createNin(options),
  }),
};
