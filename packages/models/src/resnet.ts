import { parseOptions, provide } from '@pare/core';
import { z } from 'zod';
import { withPresets } from './presets.ts';
import { basicBlock, bottleneckBlock } from './residual/residual-block.ts';
import { residualNetwork, residualOptions } from './residual/residual-network.ts';
import { stemOption, stems } from './residual/residual-stem.ts';
import type { Model, Provision } from '@pare/core';

/** Blocks of the four stages. */
const blocks = {
  18: [2, 2, 2, 2],
  34: [3, 4, 6, 3],
  50: [3, 4, 6, 3],
  101: [3, 4, 23, 3],
  152: [3, 8, 36, 3],
} as const;

const depths = [18, 34, 50, 101, 152] as const;

/** Options besides the depth, which is part of the registered names. */
const variation = residualOptions.extend({
  stem: stemOption.default('imagenet'),
});

/**
 * Published variants. "bip": BiP's resnet18 ... (small images) and, with stem "imagenet", its ResNet18 ...; "hoyer":
 * torchvision's, which the defaults are, too; "lcs": a classifier without bias.
 */
const presets = {
  bip: ({ stem = 'cifar' }: Partial<z.input<typeof variation>>) => ({
    stem,
    init: stem !== 'imagenet' ? ('uniform-fan-in' as const) : ('he-normal-fan-out' as const),
  }),
  hoyer: {},
  lcs: {
    init: 'he-normal-fan-in' as const,
    denseInit: 'he-normal-fan-in' as const,
    denseBias: false,
  },
};

/** Options of `createResnet`. */
export const resnetOptions = withPresets(
  variation.extend({
    depth: z
      .literal([...depths])
      .default(18)
      .describe('Layers with weights on the longest path'),
  }),
  presets,
);

/**
 * ResNet-18, -34, -50, -101 and -152 (He et al. 2016), as torchvision builds them: four stages of 64, 128, 256 and 512
 * channels in basic blocks, or from 50 layers on in bottlenecks of four times as many; the stride is on a 3 x 3
 * convolution. Layers `conv1`, `bn1`, `layer1.0.conv1` ..., `fc`. Takes images of any size.
 */
export function createResnet(input: z.input<typeof resnetOptions> = {}): Model {
  const options = parseOptions(resnetOptions, input, { owner: 'model "resnet"' });
  const { depth, stem } = options;
  return residualNetwork(
    {
      name: `resnet-${depth}`,
      stem: stems[stem],
      counts: blocks[depth],
      block: (layers, name, x, { stage, stride }) => {
        const width = 64 * 2 ** stage;
        return depth < 50
          ? basicBlock(layers, name, x, { filters: width, stride })
          : bottleneckBlock(layers, name, x, { inner: width, filters: 4 * width, stride });
      },
    },
    options,
  );
}

/** The registered networks, one a depth. */
export const resnetParts: Record<string, Provision<Model>> = Object.fromEntries(
  depths.map((depth) => [
    `resnet-${depth}`,
    provide({
      description: `ResNet-${depth} (He et al. 2016) for large or small images`,
      options: withPresets(variation, presets),
      create: ({ options }) => createResnet({ depth, ...options }),
    }),
  ]),
);
