import {
  add,
  constant,
  div,
  gather,
  mul,
  reshape,
  segmentSum,
  stopGradient,
  sub,
  variable,
} from '@pare/graph';
import { constraintNames } from './constraint.ts';
import type { Tensors } from '@pare/core';
import type { Parameter, Value } from '@pare/graph';

/** Names of the parameters whose weights share their numbers: one codebook, or one scale, for all of them. */
export type Sharing = readonly string[];

/** A parameter with the mask and the groups of its weights. */
interface Member {
  readonly parameter: Parameter;
  readonly mask: Value;
  /** int32 [n]. */
  readonly groups: Value;
}

/**
 * The weights of parameters that share their numbers, for a forward pass: the same values, but the gradient of each weight is
 * the mean over all weights that have its number, in whatever layer. That is the gradient of the weights projected on those
 * whose equal ones stay equal, so learning rates mean what they do for free weights; the sum would be as many times larger as
 * weights share a number. `tensors` are those of `constraintTensors`.
 */
export function sharedWeights(
  parameters: readonly Parameter[],
  tensors: Tensors,
): [string, Value][] {
  const members = parameters.map((parameter): Member => {
    const { mask, groups } = constraintNames(parameter.name);
    const { shape } = tensors.get(groups)!;
    return {
      parameter,
      mask: variable(mask, parameter.shape),
      groups: variable(groups, shape, 'int32'),
    };
  });
  const counts = countsOf(parameters, tensors);
  const sums = members
    .map(({ parameter, mask, groups }) =>
      segmentSum(reshape(mul(mask, parameter.variable), groups.shape), groups, counts.length),
    )
    .reduce(add);
  const means = div(sums, constant(counts, [counts.length]));
  // 0, but with the gradient of the numbers.
  const change = sub(means, stopGradient(means));
  return members.map(({ parameter: { name, shape, variable: weights }, mask, groups }) => [
    name,
    add(stopGradient(weights), mul(mask, reshape(gather(change, groups), shape))),
  ]);
}

/** How many weights have each of the numbers; at least 1 for each. */
function countsOf(parameters: readonly Parameter[], tensors: Tensors): number[] {
  const counts: number[] = [];
  for (const { name } of parameters) {
    const { mask, groups } = constraintNames(name);
    const [masks, numbers] = [tensors.get(mask)!.data, tensors.get(groups)!.data];
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i]!;
      counts[number] = (counts[number] ?? 0) + (masks[i] === 0 ? 0 : 1);
    }
  }
  return Array.from(counts, (count) => Math.max(1, count ?? 0));
}
