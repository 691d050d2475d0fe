import { PareError } from '@pare/core';
import { avgPool, pad } from '@pare/graph';
import type { ModelTask } from '@pare/core';
import type { Shortcut } from './residual-block.ts';

/** How a shortcut without parameters makes an image smaller. */
export type Shrink = 'subsample' | 'average';

/**
 * Shortcut without parameters (option A of He et al. 2016): where the block halves the image, every second row and
 * column, or the means of 2 x 2 pixels; where it has more channels, zeros before and after those of x, half each.
 */
export const zeroChannels =
  (shrink: Shrink): Shortcut =>
  (_layers, _name, x, { filters, stride }) => {
    const size = shrink === 'average' ? stride : 1;
    const smaller = stride === 1 ? x : avgPool(x, { size, strides: stride });
    const half = (filters - (x.shape[3] as number)) / 2;
    return pad(smaller, [
      [0, 0],
      [0, 0],
      [0, 0],
      [half, half],
    ]);
  };

/** Average pooling drops an odd pixel that the convolution beside it keeps. Throws MODEL_IMAGE_SIZE. */
export function checkAverages(
  model: string,
  { imageShape: [height, width] }: ModelTask,
  multiple: number,
): void {
  if (height % multiple === 0 && width % multiple === 0) return;
  throw new PareError(
    'MODEL_IMAGE_SIZE',
    `${model}: with shortcuts that average pixels, height and width must be multiples of ${multiple}; received ${height} x ${width}. Use such images, or shortcut "subsample" or "projection".`,
  );
}
