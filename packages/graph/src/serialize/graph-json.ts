import { GraphError } from '../errors/graph-error.ts';
import { applyOp } from '../ir/apply-op.ts';
import { topologicalOrder } from '../ir/topological-order.ts';
import { primitives } from '../ops/primitives.ts';
import { decodeAttributes, encodeAttributes } from './attribute-json.ts';
import type { Value } from '../ir/value.ts';
import type { JsonAttribute } from './attribute-json.ts';

/** JSON form of a graph: nodes in topological order, inputs as [node, output]. */
export interface GraphJson {
  readonly format: 'pare-graph';
  readonly version: 1;
  readonly nodes: readonly {
    readonly op: string;
    readonly inputs: readonly (readonly [number, number])[];
    readonly attributes?: Readonly<Record<string, JsonAttribute>>;
  }[];
  readonly outputs: Readonly<Record<string, readonly [number, number]>>;
}

/** Writes the graph behind named values as JSON data; the same graph always gives the same text. */
export function graphToJson(outputs: Readonly<Record<string, Value>>): GraphJson {
  const order = topologicalOrder(Object.values(outputs));
  const ids = new Map(order.map((node, i) => [node, i]));
  const reference = (value: Value): [number, number] => [ids.get(value.node)!, value.index];
  return {
    format: 'pare-graph',
    version: 1,
    nodes: order.map((node) => {
      const attributes = encodeAttributes(node.attributes);
      const plain = { op: node.op.name, inputs: node.inputs.map(reference) };
      return Object.keys(attributes).length > 0 ? { ...plain, attributes } : plain;
    }),
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([name, value]) => [name, reference(value)]),
    ),
  };
}

/** Reads a graph from JSON data; checks format, ops, references and shapes. */
export function graphFromJson(json: GraphJson): Record<string, Value> {
  if (json?.format !== 'pare-graph' || json.version !== 1) {
    throw new GraphError(
      'BAD_GRAPH',
      `Expected a graph with format "pare-graph" and version 1; received format ${JSON.stringify(json?.format)} and version ${JSON.stringify(json?.version)}.`,
    );
  }
  const nodes: (readonly Value[])[] = [];
  const resolve = ([node, output]: readonly [number, number], where: string): Value => {
    const value = nodes[node]?.[output];
    if (!value)
      throw new GraphError(
        'BAD_GRAPH',
        `${where} refers to output ${output} of node ${node}, which does not exist before it.`,
      );
    return value;
  };
  json.nodes.forEach(({ op, inputs, attributes = {} }, i) => {
    const definition = primitives.get(op);
    if (!definition)
      throw new GraphError(
        'UNKNOWN_OP',
        `Node ${i} uses the op "${op}", which this version does not know.`,
      );
    const values = inputs.map((reference) => resolve(reference, `Node ${i} (${op})`));
    nodes.push(applyOp(definition, values, decodeAttributes(attributes)).outputs);
  });
  return Object.fromEntries(
    Object.entries(json.outputs).map(([name, ref]) => [name, resolve(ref, `Output "${name}"`)]),
  );
}
