import { GraphError } from '../errors/graph-error.ts';
import { nameOf, variable as makeVariable } from '../ops/variable.ts';
import { topologicalOrder } from '../ir/topological-order.ts';
import { graphFromJson, graphToJson } from './graph-json.ts';
import type { Network, Parameter } from '../network/network.ts';
import type { GraphJson } from './graph-json.ts';

/** JSON form of a network: its graph and what is known of its parameters. Weights are stored elsewhere. */
export interface NetworkJson {
  readonly name: string;
  readonly graph: GraphJson;
  readonly parameters: readonly ParameterJson[];
}

/** JSON form of a parameter. */
export interface ParameterJson extends Omit<Parameter, 'variable'> {
  /** True where the output does not use it: a method added it beside the graph. */
  readonly beside?: boolean;
}

/** Writes a network without its weights as JSON data. */
export function networkToJson(network: Network): NetworkJson {
  const used = new Set(topologicalOrder([network.output]));
  return {
    name: network.name,
    graph: graphToJson({ input: network.input, output: network.output }),
    parameters: network.parameters.map(({ variable, ...rest }) => ({
      ...rest,
      ...(!used.has(variable.node) && { beside: true }),
    })),
  };
}

/** Reads a network from JSON data. */
export function networkFromJson(json: NetworkJson): Network {
  const { input, output } = graphFromJson(json.graph);
  if (!input || !output)
    throw new GraphError(
      'BAD_GRAPH',
      `network "${json.name}": the graph must have outputs "input" and "output".`,
    );
  const variables = new Map(
    topologicalOrder([output])
      .filter((node) => node.op.name === 'variable')
      .map((node) => [nameOf(node.outputs[0]!), node.outputs[0]!]),
  );
  const parameters = json.parameters.map(({ beside, ...parameter }): Parameter => {
    const variable = beside
      ? makeVariable(parameter.name, parameter.shape)
      : variables.get(parameter.name);
    if (!variable)
      throw new GraphError(
        'BAD_GRAPH',
        `network "${json.name}": the graph has no variable for the parameter "${parameter.name}".`,
      );
    return { ...parameter, flattened: parameter.flattened, variable };
  });
  return { name: json.name, input, output, parameters };
}
