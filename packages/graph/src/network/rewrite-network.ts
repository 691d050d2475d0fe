import { GraphError } from '../errors/graph-error.ts';
import { applyOp } from '../ir/apply-op.ts';
import { rewrite } from '../ir/rewrite.ts';
import { formatShape } from '../ir/shape.ts';
import { topologicalOrder } from '../ir/topological-order.ts';
import { nameOf } from '../ops/variable.ts';
import { parameterOf } from './add-parameters.ts';
import type { Node, Value } from '../ir/value.ts';
import type { AddedParameter } from './add-parameters.ts';
import type { Network, Parameter } from './network.ts';

/** What a rule of `rewriteNetwork` sees of a node. */
export interface RewriteContext {
  /** The node as it is in the network. */
  readonly node: Node;
  /** Its inputs, rewritten already. */
  readonly inputs: readonly Value[];
  /** The parameter, where the node is its variable. */
  readonly parameter?: Parameter;
  /** Outputs of the same op on the rewritten inputs, for rules that put something behind it. */
  readonly keep: () => readonly Value[];
  /**
   * Brings a parameter and gives its variable. It is listed behind the parameters that the node reads, else behind the last one
   * before the node. It may have the name of one that goes.
   */
  readonly add: (parameter: AddedParameter) => Value;
}

/** New outputs for a node, made from its rewritten inputs; undefined to keep the op. */
export type NetworkRule = (context: RewriteContext) => readonly Value[] | undefined;

/**
 * The network with a rule applied to each node of its graph, inputs first; shapes are inferred anew. Parameters that the output
 * no longer reads go, those beside the graph stay. The network that it is given stays as it is. Throws DUPLICATE_NAME for two
 * parameters of one name, UNUSED_PARAMETER for a new one that the output does not read, UNKNOWN_VARIABLE for a variable that
 * is none of the parameters, BAD_INPUT where the graph does not begin with one input.
 */
export function rewriteNetwork(network: Network, rule: NetworkRule): Network {
  const places = new Map(network.parameters.map(({ variable }, i) => [variable.node, i]));
  const added: Added[] = [];
  let last = -1;
  const [input, output] = rewrite([network.input, network.output], (node, inputs) => {
    last = places.get(node) ?? last;
    const read = node.inputs.map((value) => places.get(value.node) ?? -1);
    const place = read.some((i) => i >= 0) ? Math.max(...read) : last;
    const add = (parameter: AddedParameter) => {
      const complete = parameterOf(parameter);
      added.push({ place, parameter: complete });
      return complete.variable;
    };
    const keep = () => applyOp(node.op, inputs, node.attributes).outputs;
    const parameter = network.parameters[places.get(node) ?? -1];
    return rule({ node, inputs, keep, add, ...(parameter && { parameter }) });
  }) as [Value, Value];
  const nodes = new Set(topologicalOrder([output]));
  const stays = staying(network, nodes);
  const at = (place: number) =>
    added.filter((one) => one.place === place).map(({ parameter }) => parameter);
  const parameters = [
    ...at(-1),
    ...network.parameters.flatMap((old, i) => (stays(old) ? [old, ...at(i)] : at(i))),
  ];
  const result = { ...network, input, output, parameters };
  checkInput(result, nodes);
  checkNames(result);
  checkUsed(result, added, nodes);
  checkVariables(result, nodes);
  return result;
}

interface Added {
  /** Index of the parameter that it is listed behind; -1: before all. */
  readonly place: number;
  readonly parameter: Parameter;
}

/** Whether a parameter of the old network is one of the new: it is read, or never was. */
function staying(network: Network, nodes: ReadonlySet<Node>): (parameter: Parameter) => boolean {
  const before = new Set(topologicalOrder([network.output]));
  return ({ variable: { node } }) => nodes.has(node) || !before.has(node);
}

function checkInput({ name, input }: Network, nodes: ReadonlySet<Node>): void {
  const strange = [...nodes].find((node) => node.op.name === 'input' && node !== input.node);
  if (input.node.op.name === 'input' && !strange) return;
  const received = strange
    ? `another input "${nameOf(strange.outputs[0]!)}"`
    : `"${input.node.op.name}" in its place`;
  throw new GraphError(
    'BAD_INPUT',
    `network "${name}": a rewritten graph must begin with one input; received ${received}.`,
  );
}

function checkNames({ name: network, parameters }: Network): void {
  const seen = new Map<string, Parameter>();
  for (const parameter of parameters) {
    const { name, shape } = parameter;
    const other = seen.get(name);
    if (other) {
      throw new GraphError(
        'DUPLICATE_NAME',
        `network "${network}": two parameters would be named "${name}", ${formatShape(other.shape)} and ${formatShape(shape)}. Choose another name for the new one.`,
      );
    }
    seen.set(name, parameter);
  }
}

function checkUsed({ name }: Network, added: readonly Added[], nodes: ReadonlySet<Node>): void {
  const idle = added.filter(({ parameter }) => !nodes.has(parameter.variable.node));
  if (idle.length === 0) return;
  throw new GraphError(
    'UNUSED_PARAMETER',
    `network "${name}": the rewritten output does not use ${idle.map(({ parameter }) => parameter.name).join(', ')}.`,
  );
}

function checkVariables({ name, parameters }: Network, nodes: ReadonlySet<Node>): void {
  const known = new Set(parameters.map(({ variable }) => variable.node));
  for (const node of nodes) {
    if (node.op.name !== 'variable' || known.has(node)) continue;
    throw new GraphError(
      'UNKNOWN_VARIABLE',
      `network "${name}": the rewritten graph reads the variable "${nameOf(node.outputs[0]!)}", which is no parameter. Make it with the rule's \`add\`.`,
    );
  }
}
