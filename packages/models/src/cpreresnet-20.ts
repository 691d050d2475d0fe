import { parseOptions, provide } from '@pare/core';
import { add, relu } from '@pare/graph';
import { z } from 'zod';
import { classifierOptions } from './layers/pooled-classifier.ts';
import { preactBlock } from './preact-resnet.ts';
import { projection } from './residual/residual-block.ts';
import { residualNetwork, residualOptions } from './residual/residual-network.ts';
import { initOption } from './layers/weight-init.ts';
import type { Model, Provision } from '@pare/core';
import type { Value } from '@pare/graph';
import type { ConvLayers } from './layers/conv-layers.ts';

/** Options of `cpreresnet-20`. */
export const cpreresnet20Options = residualOptions.extend({
  normPlacement: z
    .enum(['before', 'after'])
    .default('before')
    .describe(
      'Norms of a block: "before" its convolutions, or "after" them, as in the quantized networks of LCS',
    ),
  init: initOption('the convolutions', 'he-normal-fan-in'),
  denseInit: initOption('the classifier', 'he-normal-fan-in'),
  denseBias: classifierOptions.denseBias.default(false),
});

/** Where a block stands, in channels. */
interface BlockShape {
  /** Channels inside; at the end there are four times as many. */
  readonly planes: number;
  readonly stride: number;
}

/**
 * cPreResNet20, the CIFAR network of LCS: a pre-activation ResNet of 20 layers with bottlenecks, whose classifier has no
 * bias. Layers as of `preact-resnet`. On 32 x 32 x 3: 219,472 parameters (norms after convolutions: 220,848) and
 * 33,737,216 multiply-adds. Takes images of any size.
 */
export function createCpreresnet20(input: z.input<typeof cpreresnet20Options> = {}): Model {
  const name = 'cpreresnet-20';
  const options = parseOptions(cpreresnet20Options, input, { owner: `model "${name}"` });
  const block = options.normPlacement === 'before' ? preactBottleneck : fusedBottleneck;
  return residualNetwork(
    {
      name,
      stem: (layers, x) => layers.conv('conv1', x, { filters: 16, kernel: 3 }),
      counts: [2, 2, 2],
      block: (layers, place, x, { stage, stride }) =>
        block(layers, place, x, { planes: 16 * 2 ** stage, stride }),
      tail: (layers, x) => relu(layers.norm('bn', x)),
    },
    options,
  );
}

function preactBottleneck(layers: ConvLayers, name: string, x: Value, shape: BlockShape): Value {
  return preactBlock(layers, name, x, { block: 'bottleneck', ...shape });
}

/**
 * Bottleneck whose convolutions are each followed by their norm, that of the shortcut too. The ReLU before the first
 * convolution acts on the shortcut as well: in the authors' code it works in place, and their networks are trained so.
 */
function fusedBottleneck(
  layers: ConvLayers,
  name: string,
  input: Value,
  { planes, stride }: BlockShape,
): Value {
  const filters = 4 * planes;
  const x = relu(input);
  let y = layers.conv(`${name}.conv1`, x, { filters: planes, kernel: 1 });
  y = relu(layers.norm(`${name}.bn1`, y));
  y = layers.conv(`${name}.conv2`, y, { filters: planes, kernel: 3, stride });
  y = relu(layers.norm(`${name}.bn2`, y));
  y = layers.norm(`${name}.bn3`, layers.conv(`${name}.conv3`, y, { filters, kernel: 1 }));
  return add(y, projection(layers, name, x, { filters, stride }));
}

/** The registered network. */
export const cpreresnet20Parts: Record<string, Provision<Model>> = {
  'cpreresnet-20': provide({
    description: 'Pre-activation bottleneck ResNet of 20 layers for CIFAR (LCS)',
    options: cpreresnet20Options,
    create: ({ options }) => createCpreresnet20(options),
  }),
};
