import { z } from 'zod';
import { dropoutRate } from './layers/dropout-layer.ts';
import { normOption } from './layers/norm-layer.ts';
import { withPresets } from './presets.ts';
import { vggHeadOption } from './vgg-head.ts';
import { initOption } from './layers/weight-init.ts';
import type { NormKind } from './layers/norm-layer.ts';
import type { VggDepth } from './vgg-stages.ts';

/** Options besides the depth, which is part of some registered names, as is the norm. */
const variation = (norm: NormKind) =>
  z.strictObject({
    norm: normOption.default(norm),
    bias: z.boolean().default(true).describe('Biases in the convolutions'),
    lastPool: z
      .enum(['max', 'average', 'none'])
      .default('max')
      .describe('2 x 2 pooling after the last stage; after the other stages it is max pooling'),
    head: vggHeadOption,
    dropout: dropoutRate
      .optional()
      .describe(
        'Dropout rate before the dense layers of the head (head "imagenet": before all but the first); default 0.5 with the heads "imagenet" and "hidden", else 0',
      ),
    logitsRelu: z
      .boolean()
      .default(false)
      .describe('ReLU after the logits, which the published code of LC has by mistake'),
    init: initOption('the convolutions', 'he-normal-fan-out'),
    denseInit: initOption('the dense layers', 'normal-0.01'),
  });

/** Defaults of the publications for a depth. Those that used networks with and without norm leave it open. */
function presetsOf(depth: VggDepth) {
  const small = depth === 2 || depth === 4 || depth === 6 || depth === 8;
  return {
    bip: { bias: false, head: 'bip', lastPool: small ? 'max' : 'none' },
    hinge: { norm: 'batch', head: 'linear3' },
    hoyer: { head: 'linear' },
    lc: { norm: 'batch', head: 'hidden', logitsRelu: true, denseInit: 'uniform-fan-in' },
    lcs: {
      norm: 'batch',
      bias: false,
      lastPool: 'average',
      head: 'gap',
      init: 'he-normal-fan-in',
      denseInit: 'he-normal-fan-in',
    },
  } as const;
}

const defaultDepth = 16;

/** Options of `vgg`. */
export const vggOptions = withPresets(
  z.strictObject({
    depth: z
      .literal([2, 4, 6, 8, 11, 13, 16, 19, 'ef'])
      .default(defaultDepth)
      .describe(
        'Configuration: 11, 13, 16 or 19 layers with weights (A, B, D and E of the paper), 2, 4, 6 or 8 convolutions (BiP), or "ef": 13 slimmer convolutions (Hinge)',
      ),
    ...variation('none').shape,
  }),
  {
    ...presetsOf(defaultDepth),
    bip: ({ depth = defaultDepth }) => presetsOf(depth).bip,
  },
);

/** Options of a registered name that fixes depth and the default of the norm. */
export const namedVggOptions = (depth: VggDepth, norm: NormKind) =>
  withPresets(variation(norm), presetsOf(depth));
