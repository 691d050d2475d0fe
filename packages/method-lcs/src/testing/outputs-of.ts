import { instantiate, nameOf, program } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { uniformFill } from './name-fill.ts';
import type { CompressedState } from '@pare/core';

/** Outputs of a small network for `count` random images, in evaluation mode, by the float64 evaluator. */
export function outputsOf({ network, weights }: CompressedState, count = 2): number[] {
  const { output } = instantiate(network, { mode: 'eval' });
  const shape = [count, ...(network.input.shape.slice(1) as number[])];
  const data = uniformFill(
    5,
    shape.reduce((a, b) => a * b, 1),
  );
  const { outputs } = evaluate(
    program({ outputs: { logits: output } }),
    { [nameOf(network.input)]: { shape, data } },
    weights,
  );
  return [...outputs.logits!.data];
}
