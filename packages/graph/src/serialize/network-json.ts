import { GraphError } from '../errors/graph-error.ts';
import { nameOf } from '../ops/variable.ts';
import { topologicalOrder } from '../ir/topological-order.ts';
import { graphFromJson, graphToJson } from './graph-json.ts';
import type { Network, Parameter } from '../network/network.ts';
import type { GraphJson } from './graph-json.ts';

/** JSON form of a network: its graph and what is known of its parameters. Weights are stored elsewhere. */
export interface NetworkJson {
  readonly name: string;
  readonly graph: GraphJson;
  readonly parameters: readonly Omit<Parameter, 'variable'>[];
}

/** Writes a network without its weights as JSON data. */
export function networkToJson(network: Network): NetworkJson {
  return {
    name: network.name,
    graph: graphToJson({ input: network.input, output: network.output }),
    parameters: network.parameters.map(({ variable: _variable, ...rest }) => rest),
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
  const parameters = json.parameters.map((parameter): Parameter => {
    const variable = variables.get(parameter.name);
    if (!variable)
      throw new GraphError(
        'BAD_GRAPH',
        `network "${json.name}": the graph has no variable for the parameter "${parameter.name}".`,
      );
    return { ...parameter, flattened: parameter.flattened, variable };
  });
  return { name: json.name, input, output, parameters };
}
