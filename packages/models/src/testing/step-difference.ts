import type { TrainingStep } from './training-step.ts';

const { abs, max } = Math;

/**
 * How differently two engines changed the parameters of a network in the same step: the largest difference of a change, as a
 * share of the largest change of its parameter. Changes that are a thousandth of what others are count as noise: biases
 * that a norm takes away again have no other.
 */
export function stepDifference(a: TrainingStep, b: TrainingStep): number {
  const changes = [...a.before].map(([name, { data: before }]) => {
    const [x, y] = [a.after.get(name)!.data, b.after.get(name)!.data];
    let most = 0;
    let apart = 0;
    for (let i = 0; i < before.length; i++) {
      most = max(most, abs(x[i]! - before[i]!));
      apart = max(apart, abs(x[i]! - y[i]!));
    }
    return { most, apart };
  });
  const noise = max(...changes.map(({ most }) => most)) / 1000;
  return max(...changes.map(({ most, apart }) => apart / max(most, noise)));
}
