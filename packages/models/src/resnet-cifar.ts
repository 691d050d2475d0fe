import { parseOptions, provide } from '@pare/core';
import { z } from 'zod';
import { blockOption, blocksPerStage, depthOption } from './residual/cifar-depth.ts';
import { withPresets } from './presets.ts';
import { basicBlock, bottleneckBlock, projection } from './residual/residual-block.ts';
import { residualNetwork, residualOptions } from './residual/residual-network.ts';
import { plainStem } from './residual/residual-stem.ts';
import { initOption } from './layers/weight-init.ts';
import { checkAverages, zeroChannels } from './residual/zero-channel-shortcut.ts';
import type { Model, Provision } from '@pare/core';
import type { Block } from './residual/cifar-depth.ts';

const shortcutOption = z
  .enum(['subsample', 'average', 'projection'])
  .describe(
    'Shortcuts where the shape changes: every second pixel ("subsample", A of the paper) or means of 2 x 2 pixels ("average"), ' +
      'with channels of zeros on both sides; or a 1 x 1 convolution with norm ("projection", B; default with bottlenecks)',
  );

/** Default of the shortcut. */
const shortcuts = { basic: 'subsample', bottleneck: 'projection' } as const;

/** Options besides depth and block, which are part of the registered names. */
const variation = residualOptions.extend({
  shortcut: shortcutOption.default(shortcuts.basic),
  stemBias: z.boolean().default(false).describe('Whether the first convolution has a bias'),
  init: initOption('the convolutions', 'he-normal-fan-in'),
  denseInit: initOption('the classifier', 'he-normal-fan-in'),
});

type Variation = z.input<typeof variation>;

/** Defaults of the published variants. Hinge's scripts take the bias off the first convolution of ResNet-164 only. */
const presets = (block: Block) => ({
  bip: { denseBiasInit: 'uniform-fan-in' } satisfies Variation,
  hinge: {
    shortcut: block === 'basic' ? 'average' : 'projection',
    stemBias: block === 'basic',
    init: 'uniform-fan-in',
    denseInit: 'uniform-fan-in',
  } satisfies Variation,
  hoyer: {
    shortcut: 'projection',
    init: 'he-normal-fan-out',
    denseInit: 'uniform-fan-in',
  } satisfies Variation,
  lc: { denseBiasInit: 'uniform-fan-in' } satisfies Variation,
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
  ({ block = 'basic' }) => ({ shortcut: shortcuts[block] }),
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
  const counts = blocksPerStage(owner, options.depth, options.block);
  const shortcut = options.shortcut === 'projection' ? projection : zeroChannels(options.shortcut);
  return residualNetwork(
    {
      name,
      stem: plainStem({ filters: 16, kernel: 3, bias: options.stemBias }),
      counts,
      block: (layers, place, x, { stage, stride }) => {
        const inner = 16 * 2 ** stage;
        return options.block === 'basic'
          ? basicBlock(layers, place, x, { filters: inner, stride }, shortcut)
          : bottleneckBlock(layers, place, x, { inner, filters: 4 * inner, stride }, shortcut);
      },
      check: (task) => {
        if (options.shortcut === 'average') checkAverages(name, task, 4);
      },
    },
    options,
  );
}

/** A network of a certain depth under a name of its own. */
function networkOf(depth: number, block: Block): readonly [string, Provision<Model>] {
  const name = `resnet-${depth}`;
  const blocks = block === 'basic' ? '' : ', bottlenecks';
  const named = variation.extend({ shortcut: shortcutOption.default(shortcuts[block]) });
  const provision = provide({
    description: `ResNet-${depth} for CIFAR (He et al. 2016)${blocks}`,
    options: withPresets(named, presets(block)),
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
  ...Object.fromEntries([20, 32, 44, 56, 110, 1202].map((depth) => networkOf(depth, 'basic'))),
  ...Object.fromEntries([networkOf(164, 'bottleneck')]),
};
