import { parseOptions, provide } from '@pare/core';
import { avgPool, concat, relu } from '@pare/graph';
import { z } from 'zod';
import { blockCount } from './block-count.ts';
import { checkTask } from './check-task.ts';
import { convLayers } from './layers/conv-layers.ts';
import { dropoutLayer, dropoutRate } from './layers/dropout-layer.ts';
import { normOption } from './layers/norm-layer.ts';
import { pooledClassifier, zeroBiasClassifierOptions } from './layers/pooled-classifier.ts';
import { withPresets } from './presets.ts';
import { initOption } from './layers/weight-init.ts';
import type { Model, Provision } from '@pare/core';
import type { Value } from '@pare/graph';
import type { ConvLayers } from './layers/conv-layers.ts';

/** Options besides the sizes, which are part of the registered names. */
const variation = z.strictObject({
  dropout: dropoutRate.default(0).describe('Dropout rate after the 3 x 3 convolutions'),
  norm: normOption.default('batch'),
  stemFilters: z
    .enum(['paper', 'twice-growth'])
    .default('paper')
    .describe(
      'Channels of the first convolution: "paper": twice the growth with bottlenecks, else 16; "twice-growth": always (Hinge)',
    ),
  init: initOption('the convolutions', 'he-normal-fan-out'),
  ...zeroBiasClassifierOptions,
});

const sizeOptions = {
  depth: z
    .int()
    .min(7)
    .default(40)
    .describe('Layers with weights: 3n + 4, with bottlenecks 6n + 4, n in each dense block'),
  growth: z.int().min(1).default(12).describe('Channels that each layer adds (k)'),
  compression: z
    .number()
    .positive()
    .max(1)
    .default(1)
    .describe('Share of the channels that a transition keeps, rounded down; 0.5 in DenseNet-BC'),
  bottleneck: z
    .boolean()
    .default(false)
    .describe('Whether a convolution 1 x 1 to 4 k channels precedes each 3 x 3'),
};

const presets = {
  hoyer: { denseBiasInit: 'uniform-fan-in' },
  hinge: { stemFilters: 'twice-growth', init: 'he-normal-fan-in', denseInit: 'lecun-normal' },
} as const;

/** Options of `createDensenet`. */
export const densenetOptions = withPresets(variation.extend(sizeOptions), {
  ...presets,
  hoyer: { ...presets.hoyer, depth: 100, bottleneck: true, compression: 0.5 },
});

const depthRules = {
  with: { step: 6, rest: 4, where: 'with bottlenecks' },
  without: { step: 3, rest: 4, where: 'without bottlenecks' },
} as const;

type DensenetOptions = z.output<typeof densenetOptions>;

/** Two transitions halve the image. */
const smallest = 4;

/**
 * DenseNet for small images (Huang et al. 2017): a 3 x 3 convolution; three dense blocks, in which each layer adds `growth`
 * channels to what it reads; between them transitions of a 1 x 1 convolution and 2 x 2 average pooling. Layers
 * `features.conv0`, `features.denseblock1.denselayer1.norm1`, `.conv1` (`.norm2`, `.conv2`), `features.transition1.norm`,
 * `.conv`, `features.norm5`, `classifier`, as torchvision's. Takes images from 4 x 4. `name` is the network's name.
 * Throws OPTION_ERROR for a depth that does not make three equal blocks.
 */
export function createDensenet(
  input: z.input<typeof densenetOptions> = {},
  name = 'densenet',
): Model {
  const owner = `model "${name}"`;
  const options = parseOptions(densenetOptions, input, { owner });
  const { compression, growth, bottleneck, stemFilters } = options;
  const count = blockCount(owner, options.depth, depthRules[bottleneck ? 'with' : 'without']);
  const filters = bottleneck || stemFilters === 'twice-growth' ? 2 * growth : 16;
  return {
    name,
    build(builder, task) {
      checkTask(name, task, smallest);
      const layers = convLayers(builder, options);
      const x = builder.input(task.imageShape);
      let y = layers.conv('features.conv0', x, { filters, kernel: 3 });
      for (const block of [1, 2, 3]) {
        if (block > 1) y = transition(layers, `features.transition${block - 1}`, y, compression);
        for (let i = 1; i <= count; i++)
          y = denseLayer(layers, `features.denseblock${block}.denselayer${i}`, y, options);
      }
      y = relu(layers.norm('features.norm5', y));
      const head = { ...options, classes: task.classes };
      return builder.build(name, x, pooledClassifier(builder, 'classifier', y, head));
    },
  };
}

/** x with `growth` more channels behind its own. */
function denseLayer(layers: ConvLayers, name: string, x: Value, options: DensenetOptions): Value {
  const { growth, bottleneck } = options;
  let y = relu(layers.norm(`${name}.norm1`, x));
  if (bottleneck) {
    y = layers.conv(`${name}.conv1`, y, { filters: 4 * growth, kernel: 1 });
    y = relu(layers.norm(`${name}.norm2`, y));
  }
  const last = bottleneck ? 'conv2' : 'conv1';
  y = layers.conv(`${name}.${last}`, y, { filters: growth, kernel: 3 });
  return concat([x, dropoutLayer(y, options.dropout)], 3);
}

function transition(layers: ConvLayers, name: string, x: Value, compression: number): Value {
  const filters = Math.max(1, Math.floor(compression * (x.shape[3] as number)));
  const y = layers.conv(`${name}.conv`, relu(layers.norm(`${name}.norm`, x)), {
    filters,
    kernel: 1,
  });
  return avgPool(y, { size: 2 });
}

const compressed = { bottleneck: true, compression: 0.5 } as const;

/** Sizes of the networks of the publications. */
const networks = {
  'densenet-40': { depth: 40, growth: 12 },
  'densenet-bc-40-12': { depth: 40, growth: 12, ...compressed },
  'densenet-bc-100-12': { depth: 100, growth: 12, ...compressed },
  'densenet-bc-190-40': { depth: 190, growth: 40, ...compressed },
} as const;

/** The registered networks: one of any size, and those of the publications. */
export const densenetParts: Record<string, Provision<Model>> = {
  densenet: provide({
    description: 'DenseNet (Huang et al. 2017) of any depth and growth, for small images',
    options: densenetOptions,
    create: ({ options }) => createDensenet(options),
  }),
  ...Object.fromEntries(
    Object.entries(networks).map(([name, size]) => [
      name,
      provide({
        description: `DenseNet of ${size.depth} layers, each of which adds ${size.growth} channels`,
        options: withPresets(variation, presets),
        create: ({ options }) => createDensenet({ ...size, ...options }, name),
      }),
    ]),
  ),
};
