import { add, gather, mul, reshape, segmentSum, stopGradient, sub, variable } from '@pare/graph';
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
 * that of its number, from all weights that have it, in whatever layer. So equal weights stay equal. `tensors` are those of
 * `constraintTensors`.
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
  const count = countOf(parameters, tensors);
  const sums = members
    .map(({ parameter, mask, groups }) =>
      segmentSum(reshape(mul(mask, parameter.variable), groups.shape), groups, count),
    )
    .reduce(add);
  // 0, but with the gradient of the numbers.
  const change = sub(sums, stopGradient(sums));
  return members.map(({ parameter: { name, shape, variable: weights }, mask, groups }) => [
    name,
    add(stopGradient(weights), mul(mask, reshape(gather(change, groups), shape))),
  ]);
}

/** How many numbers there are. */
function countOf(parameters: readonly Parameter[], tensors: Tensors): number {
  let largest = 0;
  for (const { name } of parameters) {
    const { data } = tensors.get(constraintNames(name).groups)!;
    for (let i = 0; i < data.length; i++) if (data[i]! > largest) largest = data[i]!;
  }
  return largest + 1;
}
