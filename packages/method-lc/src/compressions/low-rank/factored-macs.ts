import type { FactoredWeights } from '../compressed-weights.ts';

/** Sizes of a layer's images, height x width; 1 x 1 for a dense layer. */
export interface LayerImages {
  readonly input: readonly [height: number, width: number];
  readonly output: readonly [height: number, width: number];
}

/**
 * Multiply-adds of the two layers of `factorLayers` for one image. They are those that rank selection counts but for
 * `scheme-2` with a vertical step: its first layer keeps the input's height.
 */
export function factoredMacs(
  { shape, scheme, rank }: Pick<FactoredWeights, 'shape' | 'scheme' | 'rank'>,
  { input: [inputHeight], output: [height, width] }: LayerImages,
): number {
  const [n = 1, m = 1, h = 1, w = 1] = shape;
  if (scheme !== 'scheme-2') return rank * (m * h * w + n) * height * width;
  return rank * m * w * inputHeight * width + n * rank * h * height * width;
}
