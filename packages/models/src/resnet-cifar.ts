import { parseOptions, provide } from '@pare/core';
import { relu } from '@pare/graph';
import { z } from 'zod';
import { checkTask } from './check-task.ts';
import { blockOption, blocksPerStage, depthOption } from './cifar-depth.ts';
import { convLayers } from './conv-layers.ts';
import { normOption } from './norm-layer.ts';
import { classifierOptions, pooledClassifier } from './pooled-classifier.ts';
import { withPresets } from './presets.ts';
import { basicBlock, bottleneckBlock, projection } from './residual-block.ts';
import { stages } from './stages.ts';
import { biasInitOption, weightInitOption } from './weight-init.ts';
import { checkAverages, zeroChannels } from './zero-channel-shortcut.ts';
import type { Model, Provision } from '@pare/core';
import type { Block } from './cifar-depth.ts';

/** Options besides depth and block, which are part of the registered names. */
const variation = z.strictObject({
  shortcut: z
    .enum(['subsample', 'average', 'projection'])
    .default('subsample')
    .describe(
      'Shortcuts where the shape changes: every second pixel ("subsample", A of the paper) or means of 2 x 2 pixels ("average"), ' +
        'with channels of zeros on both sides; or a 1 x 1 convolution with norm ("projection", B; default with bottlenecks)',
    ),
  norm: normOption.default('batch'),
  stemBias: z.boolean().default(false).describe('Whether the first convolution has a bias'),
  init: weightInitOption.default('he-normal-fan-in').describe('First values of the convolutions'),
  denseInit: weightInitOption
    .default('he-normal-fan-in')
    .describe('First values of the classifier'),
  denseBias: classifierOptions.denseBias,
  biasInit: biasInitOption.default('zeros').describe("First values of the classifier's bias"),
});

type Variation = z.input<typeof variation>;

const original: Record<Block, Variation> = { basic: {}, bottleneck: { shortcut: 'projection' } };

const torchClassifier = { denseInit: 'uniform-fan-in', biasInit: 'uniform-fan-in' } as const;

/** Defaults of the published variants. Hinge's scripts take the bias off the first convolution of ResNet-164 only. */
const presets = (block: Block) => ({
  bip: { biasInit: 'uniform-fan-in' } satisfies Variation,
  hinge: {
    shortcut: block === 'basic' ? 'average' : 'projection',
    stemBias: block === 'basic',
    init: 'uniform-fan-in',
    ...torchClassifier,
  } satisfies Variation,
  hoyer: {
    shortcut: 'projection',
    init: 'he-normal-fan-out',
    ...torchClassifier,
  } satisfies Variation,
  lc: { biasInit: 'uniform-fan-in' } satisfies Variation,
});

/** Options of `resnet-cifar`. */
export const resnetCifarOptions = withPresets(
  z.strictObject({ depth: depthOption, block: blockOption, ...variation.shape }),
  {
    bip: ({ block = 'basic' }) => presets(block).bip,
    hinge: ({ block = 'basic' }) => presets(block).hinge,
    hoyer: ({ block = 'basic' }) => presets(block).hoyer,
    lc: ({ block = 'basic' }) => presets(block).lc,
  },
  ({ block = 'basic' }) => original[block],
);

/**
 * ResNet for CIFAR (He et al. 2016, section 4.2): three stages of blocks with 16, 32 and 64 channels (four times that
 * behind bottlenecks), the stride of a bottleneck on the 3 x 3. Layers `conv1`, `bn1`, `layer1.0.conv1` ..., `fc`.
 * ResNet-20 on 32 x 32 x 3: 269,722 parameters and 40,551,040 multiply-adds. Takes images of any size; with shortcut
 * "average" height and width must be multiples of 4.
 */
export function createResnetCifar(
  input: z.input<typeof resnetCifarOptions> = {},
  name = 'resnet-cifar',
): Model {
  const owner = `model "${name}"`;
  const options = parseOptions(resnetCifarOptions, input, { owner });
  const count = blocksPerStage(owner, options.depth, options.block);
  const shortcut = options.shortcut === 'projection' ? projection : zeroChannels(options.shortcut);
  return {
    name,
    build(builder, task) {
      checkTask(name, task);
      if (options.shortcut === 'average') checkAverages(name, task, 4);
      const stem = convLayers(builder, { ...options, bias: options.stemBias });
      const layers = convLayers(builder, options);
      const x = builder.input(task.imageShape);
      const first = stem.conv('conv1', x, { filters: 16, kernel: 3 });
      const counts = [count, count, count];
      const y = stages(relu(stem.norm('bn1', first)), counts, (z, { stage, index, stride }) => {
        const inner = 16 * 2 ** stage;
        const place = `layer${stage + 1}.${index}`;
        if (options.block === 'basic')
          return basicBlock(layers, place, z, { filters: inner, stride }, shortcut);
        const size = { inner, filters: 4 * inner, stride };
        return bottleneckBlock(layers, place, z, size, shortcut);
      });
      const logits = pooledClassifier(builder, 'fc', y, { ...options, classes: task.classes });
      return builder.build(name, x, logits);
    },
  };
}

/** A network of a certain depth under a name of its own. */
function named(depth: number, block: Block): readonly [string, Provision<Model>] {
  const name = `resnet-${depth}`;
  const blocks = block === 'basic' ? '' : ', bottlenecks';
  const provision = provide({
    description: `ResNet-${depth} for CIFAR (He et al. 2016)${blocks}`,
    options: withPresets(variation, presets(block), original[block]),
    create: ({ options }) => createResnetCifar({ ...options, depth, block }, name),
  });
  return [name, provision];
}

/** The registered networks. */
export const resnetCifarParts: Record<string, Provision<Model>> = {
  'resnet-cifar': provide({
    description: 'ResNet for CIFAR of any depth, basic or bottleneck blocks (He et al. 2016)',
    options: resnetCifarOptions,
    create: ({ options }) => createResnetCifar(options),
  }),
  ...Object.fromEntries([20, 32, 44, 56, 110, 1202].map((depth) => named(depth, 'basic'))),
  ...Object.fromEntries([named(164, 'bottleneck')]),
};
