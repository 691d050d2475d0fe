import { instantiate, program } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { oracleNumbers } from './oracle-numbers.ts';
import type { CompressedState } from '@pare/core';

/** What a network makes of one image, in float64. */
export function networkOutput({ network, weights }: CompressedState): number[] {
  const shape = [1, ...(network.input.shape.slice(1) as number[])];
  const count = shape.reduce((a, b) => a * b, 1);
  const { output } = instantiate(network, { mode: 'eval' });
  const closed = program({ outputs: { output } });
  const { outputs } = evaluate(closed, { x: { shape, data: oracleNumbers(17, count) } }, weights);
  return Array.from(outputs.output!.data);
}
