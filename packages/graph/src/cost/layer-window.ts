import type { Node } from '../ir/value.ts';

/** How the filters of a convolution move over an image. */
export interface LayerWindow {
  /** Height and width. */
  readonly size: readonly [number, number];
  /** Vertical and horizontal step. */
  readonly strides: readonly [number, number];
  /** Channel groups; of a depthwise convolution, its channels. */
  readonly groups: number;
}

/** Window of a convolution; undefined for other ops. */
export function windowOf({ op, inputs, attributes }: Node): LayerWindow | undefined {
  if (op.name !== 'conv2d' && op.name !== 'depthwiseConv2d') return undefined;
  const [height, width, channels] = inputs[1]!.shape as readonly [number, number, number];
  return {
    size: [height, width],
    strides: attributes.strides as LayerWindow['strides'],
    groups: op.name === 'conv2d' ? (attributes.groups as number) : channels,
  };
}
