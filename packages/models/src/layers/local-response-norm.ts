import { add, avgPool, mul, pow, reshape, square } from '@pare/graph';
import type { Value } from '@pare/graph';

/** Options of `localResponseNorm`; the defaults are those of AlexNet in Caffe. */
export interface LocalResponseNormOptions {
  /** Channels in the neighbourhood, odd; default 5. */
  readonly size?: number;
  /** Default 1e-4. */
  readonly alpha?: number;
  /** Default 0.75. */
  readonly beta?: number;
}

/**
 * Local response normalization across channels (Krizhevsky et al. 2012, section 3.3) of images [batch, h, w, c], as Caffe
 * and PyTorch scale it: x / (1 + alpha · m)^beta, where m is the sum of the squares of the `size` nearest channels
 * divided by `size`. Channels beyond the ends count as 0.
 */
export function localResponseNorm(
  x: Value,
  { size = 5, alpha = 1e-4, beta = 0.75 }: LocalResponseNormOptions = {},
): Value {
  const [batch, height, width, channels] = x.shape as [Value['shape'][0], number, number, number];
  // Channels become columns of a one-channel image, over which a pooling window slides.
  const columns = reshape(square(x), [batch, height * width, channels, 1]);
  const reach = (size - 1) / 2;
  const means = avgPool(columns, { size: [1, size], strides: 1, padding: [0, 0, reach, reach] });
  const scale = add(1, mul(alpha, reshape(means, x.shape)));
  return mul(x, pow(scale, -beta));
}
