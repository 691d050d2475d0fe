import { GraphError } from '../errors/graph-error.ts';
import { formatShape } from '../ir/shape.ts';
import { variable } from '../ops/variable.ts';
import type { Network, Parameter } from './network.ts';

/** A parameter that a method adds to a network; what is left out is as in `NetworkBuilder.parameter`. */
export type AddedParameter = Pick<Parameter, 'name' | 'layer' | 'shape' | 'initializer'> &
  Partial<Pick<Parameter, 'role' | 'layout' | 'trainable' | 'groups' | 'flattened'>>;

/**
 * The network with more parameters: second endpoints, scores, ranges. Its output does not use them; a method's objective
 * does. They are trained, saved and counted like the others. Throws DUPLICATE_NAME.
 */
export function addParameters(network: Network, added: readonly AddedParameter[]): Network {
  const names = new Map(network.parameters.map(({ name, shape }) => [name, shape]));
  const parameters = added.map((parameter): Parameter => {
    const { name, shape } = parameter;
    const other = names.get(name);
    if (other) {
      throw new GraphError(
        'DUPLICATE_NAME',
        `network "${network.name}": cannot add "${name}" ${formatShape(shape)}; there is a parameter of that name with shape ${formatShape(other)}.`,
      );
    }
    names.set(name, shape);
    return parameterOf(parameter);
  });
  return { ...network, parameters: [...network.parameters, ...parameters] };
}

/** The parameter with what was left out, and a new variable. */
export const parameterOf = (parameter: AddedParameter): Parameter => ({
  ...defaults,
  ...parameter,
  variable: variable(parameter.name, parameter.shape),
});

const defaults = {
  role: 'state',
  layout: 'other',
  trainable: true,
  groups: 1,
  flattened: undefined,
} as const;
