import { add, relu } from '@pare/graph';
import type { Value } from '@pare/graph';
import type { ConvLayers } from '../layers/conv-layers.ts';

/** Sizes of a block. */
export interface BlockSize {
  /** Channels of its result. */
  readonly filters: number;
  readonly stride: number;
}

/** The way around a block. `name` is the block's. */
export type Shortcut = (layers: ConvLayers, name: string, x: Value, size: BlockSize) => Value;

/**
 * Basic block (He et al. 2016): two convolutions 3 x 3, each with a norm; the shortcut is added before the last ReLU.
 * Layers `<name>.conv1`, `.bn1`, `.conv2`, `.bn2`, `.downsample.0`, `.downsample.1`.
 */
export function basicBlock(
  layers: ConvLayers,
  name: string,
  x: Value,
  size: BlockSize,
  shortcut: Shortcut = projection,
): Value {
  const { filters, stride } = size;
  let y = layers.conv(`${name}.conv1`, x, { filters, kernel: 3, stride });
  y = relu(layers.norm(`${name}.bn1`, y));
  y = layers.norm(`${name}.bn2`, layers.conv(`${name}.conv2`, y, { filters, kernel: 3 }));
  return relu(add(y, shortcut(layers, name, x, size)));
}

/**
 * Bottleneck (He et al. 2016): 1 x 1 to `inner` channels, 3 x 3 with the stride and, in ResNeXt, in groups, 1 x 1 to
 * `filters` channels, each with a norm. Layers as of the basic block, and `.conv3`, `.bn3`.
 */
export function bottleneckBlock(
  layers: ConvLayers,
  name: string,
  x: Value,
  size: BlockSize & { readonly inner: number; readonly groups?: number },
  shortcut: Shortcut = projection,
): Value {
  const { inner, filters, stride, groups } = size;
  let y = layers.conv(`${name}.conv1`, x, { filters: inner, kernel: 1 });
  y = relu(layers.norm(`${name}.bn1`, y));
  y = layers.conv(`${name}.conv2`, y, { filters: inner, kernel: 3, stride, groups });
  y = relu(layers.norm(`${name}.bn2`, y));
  y = layers.norm(`${name}.bn3`, layers.conv(`${name}.conv3`, y, { filters, kernel: 1 }));
  return relu(add(y, shortcut(layers, name, x, size)));
}

/** x itself, or where the shape changes a convolution 1 x 1 with a norm. */
export const projection: Shortcut = (layers, name, x, { filters, stride }) => {
  if (stride === 1 && x.shape[3] === filters) return x;
  const y = layers.conv(`${name}.downsample.0`, x, { filters, kernel: 1, stride });
  return layers.norm(`${name}.downsample.1`, y);
};
