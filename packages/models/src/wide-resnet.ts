import { parseOptions, provide } from '@pare/core';
import { add, relu } from '@pare/graph';
import { z } from 'zod';
import { blockCount } from './block-count.ts';
import { dropoutLayer, dropoutRate } from './layers/dropout-layer.ts';
import { zeroBiasClassifierOptions } from './layers/pooled-classifier.ts';
import { withPresets } from './presets.ts';
import { residualNetwork, residualOptions } from './residual/residual-network.ts';
import type { Model, Provision } from '@pare/core';
import type { Value } from '@pare/graph';
import type { ConvLayers } from './layers/conv-layers.ts';

/** Options besides depth and width, which are part of the registered names. */
const variation = residualOptions.extend({
  dropout: dropoutRate.default(0).describe('Dropout rate between the convolutions'),
  bias: z.boolean().default(false).describe('Whether convolutions have a bias'),
  stride: z
    .enum(['first', 'second'])
    .default('first')
    .describe('Which convolution of a block has the stride'),
  shortcutInput: z
    .enum(['activated', 'raw'])
    .default('activated')
    .describe(
      'What the shortcut convolution reads where the width changes: the input after norm and ReLU, or as it came',
    ),
  lastNormMomentum: z
    .number()
    .positive()
    .max(1)
    .default(0.1)
    .describe('Share of a new batch in the running statistics of the norm before the classifier'),
  ...zeroBiasClassifierOptions,
});

const presets = {
  bip: {},
  hoyer: {},
  hinge: {
    bias: true,
    stride: 'second',
    shortcutInput: 'raw',
    lastNormMomentum: 0.9,
    init: 'uniform-fan-in',
    denseBiasInit: 'uniform-fan-in',
  },
} as const;

/** Options of `createWideResnet`. */
export const wideResnetOptions = withPresets(
  variation.extend({
    depth: z
      .int()
      .min(10)
      .default(28)
      .describe('Layers with weights: 6n + 4, with n blocks in each of the three stages'),
    width: z.int().min(1).default(10).describe('Factor of the channels 16, 32 and 64'),
  }),
  { ...presets, hinge: { ...presets.hinge, depth: 16 } },
);

type WideResnetOptions = z.output<typeof wideResnetOptions>;

/**
 * Wide ResNet (Zagoruyko and Komodakis 2016): pre-activated blocks of two 3 x 3 convolutions in three stages of 16, 32
 * and 64 times `width` channels. The defaults are the original, also of DeepHoyer and BiP (whose code has a second first
 * stage that nothing reads); "hinge" has biases, the stride on the second convolution, and shortcuts of the raw input.
 * Layers `conv1`, `block1.layer.0.bn1` ... `.convShortcut`, `bn1`, `fc`. Takes images of any size. `name` is the
 * network's name.
 */
export function createWideResnet(
  input: z.input<typeof wideResnetOptions> = {},
  name = 'wide-resnet',
): Model {
  const owner = `model "${name}"`;
  const options = parseOptions(wideResnetOptions, input, { owner });
  const { depth, width, lastNormMomentum } = options;
  const count = blockCount(owner, depth, { step: 6, rest: 4 });
  return residualNetwork(
    {
      name,
      stem: (layers, x) => layers.conv('conv1', x, { filters: 16, kernel: 3 }),
      counts: [count, count, count],
      block: (layers, place, x, { stage, stride }) =>
        wideBlock(layers, place, x, { ...options, filters: 16 * 2 ** stage * width, step: stride }),
      blockName: ({ stage, index }) => `block${stage + 1}.layer.${index}`,
      tail: (layers, x) => relu(layers.norm('bn1', x, { momentum: lastNormMomentum })),
    },
    options,
  );
}

/** Norm, ReLU, convolution, norm, ReLU, dropout, convolution; nothing follows the sum with the shortcut. */
function wideBlock(
  layers: ConvLayers,
  name: string,
  x: Value,
  options: Pick<WideResnetOptions, 'stride' | 'shortcutInput' | 'dropout'> & {
    readonly filters: number;
    readonly step: number;
  },
): Value {
  const { filters, step } = options;
  const [first, second] = options.stride === 'first' ? [step, 1] : [1, step];
  const active = relu(layers.norm(`${name}.bn1`, x));
  let y = layers.conv(`${name}.conv1`, active, { filters, kernel: 3, stride: first });
  y = relu(layers.norm(`${name}.bn2`, y));
  y = dropoutLayer(y, options.dropout);
  y = layers.conv(`${name}.conv2`, y, { filters, kernel: 3, stride: second });
  if (step === 1 && x.shape[3] === filters) return add(y, x);
  const source = options.shortcutInput === 'activated' ? active : x;
  return add(y, layers.conv(`${name}.convShortcut`, source, { filters, kernel: 1, stride: step }));
}

/** Depths and widths of the publications. */
const sizes = [
  [10, 1],
  [16, 4],
  [16, 10],
  [28, 1],
  [28, 4],
  [28, 10],
  [34, 10],
  [40, 2],
] as const;

/** The registered networks: one of any size, and those of the publications. */
export const wideResnetParts: Record<string, Provision<Model>> = {
  'wide-resnet': provide({
    description: 'Wide ResNet (Zagoruyko and Komodakis 2016) of any depth 6n + 4 and width',
    options: wideResnetOptions,
    create: ({ options }) => createWideResnet(options),
  }),
  ...Object.fromEntries(
    sizes.map(([depth, width]) => [
      `wrn-${depth}-${width}`,
      provide({
        description: `Wide ResNet of ${depth} layers, ${width} times as wide as a ResNet`,
        options: withPresets(variation, presets),
        create: ({ options }) =>
          createWideResnet({ depth, width, ...options }, `wrn-${depth}-${width}`),
      }),
    ]),
  ),
};
