import { maxPool, relu } from '@pare/graph';
import { z } from 'zod';
import type { Value } from '@pare/graph';
import type { ConvLayers, ConvOptions } from '../layers/conv-layers.ts';

/** First layers `conv1` and `bn1`, and a ReLU. */
export const plainStem =
  (options: ConvOptions) =>
  (layers: ConvLayers, x: Value): Value =>
    relu(layers.norm('bn1', layers.conv('conv1', x, options)));

const large = plainStem({ filters: 64, kernel: 7, stride: 2 });

/** First layers of 64 channels, by name. */
export const stems = {
  imagenet: (layers: ConvLayers, x: Value): Value =>
    maxPool(large(layers, x), { size: 3, strides: 2, padding: 1 }),
  cifar: plainStem({ filters: 64, kernel: 3 }),
  pointwise: plainStem({ filters: 64, kernel: 1 }),
} as const;

/** Option: the first layers. */
export const stemOption = z
  .enum(['imagenet', 'cifar', 'pointwise'])
  .describe(
    'First layers: "imagenet": convolution 7 x 7 with stride 2 and max pooling 3 x 3 with stride 2; "cifar": convolution 3 x 3; "pointwise": convolution 1 x 1 (Hinge)',
  );
