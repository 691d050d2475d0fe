import { PareError } from '../errors/pare-error.ts';
import type { Method, PlanContext, Stage } from '../contracts/method.ts';

/** The stages of a method; throws BAD_PLAN where there are none or two have the same name. */
export function planStages(method: Method, context: PlanContext): readonly Stage[] {
  const stages = method.plan(context);
  if (stages.length === 0) {
    throw new PareError(
      'BAD_PLAN',
      `The method "${method.name}" plans no stages, so there is nothing to run. Check its options.`,
    );
  }
  const names = stages.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new PareError(
      'BAD_PLAN',
      `The method "${method.name}" plans two stages named "${twice}"; names must differ.`,
    );
  }
  return stages;
}
