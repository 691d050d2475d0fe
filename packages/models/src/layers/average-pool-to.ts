import { avgPool } from '@pare/graph';
import type { Value } from '@pare/graph';

/**
 * Averages an image [batch, h, w, c] of at least size x size pixels over size x size windows of one shape. Where size
 * divides h and w these are PyTorch's adaptive average pooling, as for size 2 always; else its windows differ in shape,
 * and ours overlap a little more.
 */
export function averagePoolTo(x: Value, size: number): Value {
  const sides = [x.shape[1] as number, x.shape[2] as number] as const;
  const strides = sides.map((side) => Math.floor(side / size)) as [number, number];
  const window = sides.map((side, i) => side - (size - 1) * strides[i]!) as [number, number];
  return window.every((side) => side === 1) ? x : avgPool(x, { size: window, strides });
}
