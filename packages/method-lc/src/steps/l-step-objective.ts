import { add, input, mul, square, sub, sum, variable } from '@pare/graph';
import type { Objective, ObjectiveContext } from '@pare/core';
import type { Parameter, Value } from '@pare/graph';
import type { CompressionTask } from '../tasks/compression-task.ts';
import type { LearnCompressParts } from './learn-compress-stage.ts';

/** Input of the penalty parameter: float32 []. */
export const muInput = 'mu';

/** Variable with the target of a parameter. */
export const targetName = ({ name }: Parameter) => `${name}/target`;

/** Variable of a task that may be released: 1 where the penalty counts for it, or 0. */
export const pullName = ({ name }: CompressionTask) => `${name}/pull`;

/**
 * Objective of an L step: L(w) + (μ/2)·‖w - t‖², a variable for the target t of every parameter of a task; without the part of
 * tasks that are released.
 */
export function penalizedObjective(
  { network, forward, taskLoss }: ObjectiveContext,
  { tasks, released }: Pick<LearnCompressParts, 'tasks' | 'released'>,
): Objective {
  const { output, updates } = forward();
  const loss = taskLoss(output);
  const own = new Map(network.parameters.map((parameter) => [parameter.name, parameter.variable]));
  const distances = tasks.map((task): Value => {
    const squares = task.parameters.map((parameter) => {
      const target = variable(targetName(parameter), parameter.shape);
      return sum(square(sub(own.get(parameter.name)!, target)));
    });
    const distance = squares.reduce(add);
    const mayBeReleased = released.candidates.has(task.name);
    return mayBeReleased ? mul(variable(pullName(task), []), distance) : distance;
  });
  const penalty = mul(mul(0.5, input(muInput, [])), distances.reduce(add));
  return { total: add(loss, penalty), logits: output, metrics: { loss, penalty }, updates };
}
