import { PareError, parseOptions, provide } from '@pare/core';
import { z } from 'zod';
import { blockCount } from './block-count.ts';
import { withPresets } from './presets.ts';
import { bottleneckBlock } from './residual/residual-block.ts';
import { residualNetwork, residualOptions } from './residual/residual-network.ts';
import { stemOption, stems } from './residual/residual-stem.ts';
import type { Model, Provision } from '@pare/core';

const sizeOptions = {
  layout: z
    .enum(['cifar', 'imagenet'])
    .default('cifar')
    .describe(
      '"cifar": three stages of n blocks, depth 9n + 2; "imagenet": four stages, depth 50, 101 or 152',
    ),
  depth: z.int().min(11).default(29).describe('Layers with weights on the longest path'),
  cardinality: z.int().min(1).default(8).describe('Groups of the 3 x 3 convolutions'),
  width: z
    .int()
    .min(1)
    .default(64)
    .describe('Channels of a group in the first stage; each stage doubles them'),
  widen: z.int().min(1).default(4).describe('Channels behind the blocks of the first stage / 64'),
};

/** Published variants; "hinge" reads the image with a 1 x 1 convolution. */
const presets = {
  hoyer: { denseInit: 'he-normal-fan-in' },
  hinge: { stem: 'pointwise', init: 'uniform-fan-in' },
} as const;

const large = { layout: 'imagenet', cardinality: 32, width: 4 } as const;
const thin = { cardinality: 32, width: 1, widen: 1 } as const;

/** Options of `createResnext`. */
export const resnextOptions = withPresets(
  residualOptions.extend({ ...sizeOptions, stem: stemOption.default('cifar') }),
  {
    hoyer: ({ layout }) => ({ ...presets.hoyer, stem: layout }),
    hinge: { ...presets.hinge, depth: 20, ...thin },
  },
  ({ layout }) => ({ stem: layout }),
);

/** Blocks of the four stages for large images. */
const imagenetBlocks: Readonly<Record<number, readonly number[]>> = {
  50: [3, 4, 6, 3],
  101: [3, 4, 23, 3],
  152: [3, 8, 36, 3],
};

/**
 * ResNeXt (Xie et al. 2017): bottlenecks whose 3 x 3 convolution has `cardinality` groups of `width` channels, and which
 * give 64 times `widen` channels; each stage doubles both. Layers `conv1`, `bn1`, `layer1.0.conv1` ..., `fc`, as
 * torchvision's. Takes images of any size. `name` is the network's name. Throws OPTION_ERROR for a depth that the layout
 * does not have.
 */
export function createResnext(input: z.input<typeof resnextOptions> = {}, name = 'resnext'): Model {
  const options = parseOptions(resnextOptions, input, { owner: `model "${name}"` });
  const { cardinality, width, widen, stem } = options;
  return residualNetwork(
    {
      name,
      stem: stems[stem],
      counts: blockCounts(name, options),
      block: (layers, name, x, { stage, stride }) =>
        bottleneckBlock(layers, name, x, {
          inner: cardinality * width * 2 ** stage,
          filters: 64 * widen * 2 ** stage,
          stride,
          groups: cardinality,
        }),
    },
    options,
  );
}

function blockCounts(
  name: string,
  { layout, depth }: Pick<z.output<typeof resnextOptions>, 'layout' | 'depth'>,
): readonly number[] {
  const owner = `model "${name}"`;
  if (layout === 'cifar') {
    const rule = { step: 9, rest: 2, where: 'with layout "cifar"' };
    return Array<number>(3).fill(blockCount(owner, depth, rule));
  }
  const counts = imagenetBlocks[depth];
  if (counts) return counts;
  throw new PareError(
    'OPTION_ERROR',
    `${owner}: "depth" must be 50, 101 or 152 with layout "imagenet"; received ${depth}.`,
  );
}

/** Sizes and usual first layers of the networks of the publications. */
const networks = {
  'resnext-29-8x64d': { size: { depth: 29, cardinality: 8 }, stem: 'cifar' },
  'resnext-29-16x64d': { size: { depth: 29, cardinality: 16 }, stem: 'cifar' },
  'resnext-20': { size: { depth: 20, ...thin }, stem: 'pointwise' },
  'resnext-164': { size: { depth: 164, ...thin }, stem: 'pointwise' },
  'resnext-50-32x4d': { size: { depth: 50, ...large }, stem: 'imagenet' },
  'resnext-101-32x4d': { size: { depth: 101, ...large }, stem: 'imagenet' },
  'resnext-152-32x4d': { size: { depth: 152, ...large }, stem: 'imagenet' },
} as const;

/** The registered networks: one of any size, and those of the publications. */
export const resnextParts: Record<string, Provision<Model>> = {
  resnext: provide({
    description: 'ResNeXt (Xie et al. 2017) of any depth, cardinality and width',
    options: resnextOptions,
    create: ({ options }) => createResnext(options),
  }),
  ...Object.fromEntries(
    Object.entries(networks).map(([name, { size, stem }]) => [
      name,
      provide({
        description: `ResNeXt of ${size.depth} layers, cardinality ${size.cardinality}`,
        options: withPresets(residualOptions.extend({ stem: stemOption.default(stem) }), presets),
        create: ({ options }) => createResnext({ ...size, ...options }, name),
      }),
    ]),
  ),
};
