import { z } from 'zod';
import { blockCount } from '../block-count.ts';

/** Option: what a residual block is made of. */
export const blockOption = z
  .enum(['basic', 'bottleneck'])
  .default('basic')
  .describe(
    'Residual blocks: "basic": two 3 x 3 convolutions; "bottleneck": 1 x 1, 3 x 3 and 1 x 1, with four times the channels at the end',
  );

/** The choice. */
export type Block = z.output<typeof blockOption>;

/** Option: how deep a residual network of three stages is. */
export const depthOption = z
  .int()
  .positive()
  .default(20)
  .describe('Layers with weights: 6n + 2 with basic blocks, 9n + 2 with bottlenecks');

/** Convolutions that one more block in each of three stages adds. */
const convolutions: Record<Block, number> = { basic: 6, bottleneck: 9 };

/**
 * Blocks in each of the three stages of a network of this depth (He et al. 2016, section 4.2). Throws OPTION_ERROR where
 * the depth is not 6n + 2 (basic) or 9n + 2 (bottleneck).
 */
export function blocksPerStage(owner: string, depth: number, block: Block): number[] {
  const rule = { step: convolutions[block], rest: 2, where: `with ${block} blocks` };
  return Array<number>(3).fill(blockCount(owner, depth, rule));
}
