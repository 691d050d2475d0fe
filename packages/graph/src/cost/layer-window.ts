import type { Node } from '../ir/value.ts';

/** How an op's window moves over an image. */
export interface LayerWindow {
  /** Height and width. */
  readonly size: readonly [number, number];
  /** Vertical and horizontal step. */
  readonly strides: readonly [number, number];
  /** Channel groups of a convolution; of a depthwise one, its channels. */
  readonly groups: number;
}

type Pair = readonly [number, number];

/** Window of a convolution or a pooling; undefined for other ops. */
export function windowOf({ op, inputs, attributes }: Node): LayerWindow | undefined {
  if (attributes.strides === undefined) return undefined;
  const filter = inputs[1]?.shape as readonly number[] | undefined;
  return {
    size: (attributes.size as Pair | undefined) ?? [filter![0]!, filter![1]!],
    strides: attributes.strides as Pair,
    groups: op.name === 'depthwiseConv2d' ? filter![2]! : ((attributes.groups as number) ?? 1),
  };
}
