import { parseOptions, provide } from '@pare/core';
import { add, relu } from '@pare/graph';
import { z } from 'zod';
import { blockOption, blocksPerStage, depthOption } from './residual/cifar-depth.ts';
import { zeroBiasClassifierOptions } from './layers/pooled-classifier.ts';
import { withPresets } from './presets.ts';
import { residualNetwork, residualOptions } from './residual/residual-network.ts';
import type { Model, Provision } from '@pare/core';
import type { Value } from '@pare/graph';
import type { Block } from './residual/cifar-depth.ts';
import type { ConvLayers, ConvOptions } from './layers/conv-layers.ts';

/** Options besides depth and block, which are part of the registered names. */
const variation = residualOptions.extend(zeroBiasClassifierOptions);

const presets = { hoyer: { denseBiasInit: 'uniform-fan-in' } } as const;

/** Options of `preact-resnet`. */
export const preactResnetOptions = withPresets(
  z.strictObject({ depth: depthOption, block: blockOption, ...variation.shape }),
  presets,
);

/**
 * Pre-activation ResNet for CIFAR (He et al. 2016, "Identity mappings"): norm and ReLU before each convolution of a block,
 * nothing after the sum, norm and ReLU once more before the classifier; the shortcut is the block's input, where the shape
 * changes through a 1 x 1 convolution. Layers `conv1`, `layer1.0.bn1`, `layer1.0.conv1` ..., `bn`, `fc`. Depth 20 on
 * 32 x 32 x 3: 272,282 parameters. Takes images of any size.
 */
export function createPreactResnet(
  input: z.input<typeof preactResnetOptions> = {},
  name = 'preact-resnet',
): Model {
  const owner = `model "${name}"`;
  const options = parseOptions(preactResnetOptions, input, { owner });
  const { depth, block } = options;
  return residualNetwork(
    {
      name,
      stem: (layers, x) => layers.conv('conv1', x, { filters: 16, kernel: 3 }),
      counts: blocksPerStage(owner, depth, block),
      block: (layers, place, x, { stage, stride }) =>
        preactBlock(layers, place, x, { block, planes: 16 * 2 ** stage, stride }),
      tail: (layers, x) => relu(layers.norm('bn', x)),
    },
    options,
  );
}

/** What a block is told. */
interface BlockShape {
  readonly block: Block;
  /** Channels inside; at the end of a bottleneck there are four times as many. */
  readonly planes: number;
  readonly stride: number;
}

const convolutions: Record<Block, (shape: BlockShape) => readonly ConvOptions[]> = {
  basic: ({ planes, stride }) => [
    { filters: planes, kernel: 3, stride },
    { filters: planes, kernel: 3 },
  ],
  bottleneck: ({ planes, stride }) => [
    { filters: planes, kernel: 1 },
    { filters: planes, kernel: 3, stride },
    { filters: 4 * planes, kernel: 1 },
  ],
};

/** Norm, ReLU and convolution two or three times, and the input of the block added. */
export function preactBlock(layers: ConvLayers, name: string, x: Value, shape: BlockShape): Value {
  const y = convolutions[shape.block](shape).reduce((z, convolution, i) => {
    const active = relu(layers.norm(`${name}.bn${i + 1}`, z));
    return layers.conv(`${name}.conv${i + 1}`, active, convolution);
  }, x);
  const { stride } = shape;
  const filters = y.shape[3] as number;
  if (stride === 1 && x.shape[3] === filters) return add(y, x);
  return add(y, layers.conv(`${name}.downsample.0`, x, { filters, kernel: 1, stride }));
}

/** A network of a certain depth under a name of its own. */
function named(depth: number, block: Block): readonly [string, Provision<Model>] {
  const name = `preact-resnet-${depth}`;
  const blocks = block === 'basic' ? '' : ', bottlenecks';
  const provision = provide({
    description: `Pre-activation ResNet-${depth} for CIFAR (He et al. 2016)${blocks}`,
    options: withPresets(variation, presets),
    create: ({ options }) => createPreactResnet({ ...options, depth, block }, name),
  });
  return [name, provision];
}

/** The registered networks. */
export const preactResnetParts: Record<string, Provision<Model>> = {
  'preact-resnet': provide({
    description: 'Pre-activation ResNet for CIFAR of any depth (He et al. 2016)',
    options: preactResnetOptions,
    create: ({ options }) => createPreactResnet(options),
  }),
  ...Object.fromEntries([20, 32, 44, 56, 110].map((depth) => named(depth, 'basic'))),
  ...Object.fromEntries([named(164, 'bottleneck')]),
};
