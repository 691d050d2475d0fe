import { formatShape } from '../ir/shape.ts';
import { topologicalOrder } from '../ir/topological-order.ts';
import type { Attribute, Node, Value } from '../ir/value.ts';

function printAttribute(value: Attribute): string {
  if (ArrayBuffer.isView(value)) {
    const data = Array.from(value as Float32Array);
    return data.length <= 4
      ? `[${data.join(', ')}]`
      : `[${data.slice(0, 3).join(', ')}, ... ${data.length}]`;
  }
  if (Array.isArray(value))
    return `[${(value as readonly Attribute[]).map(printAttribute).join(', ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function printAttributes(node: Node): string {
  const entries = Object.entries(node.attributes).filter(
    ([key, value]) => value !== undefined && key !== 'shape' && key !== 'dtype',
  );
  return entries.length === 0
    ? ''
    : ` {${entries.map(([key, value]) => `${key}: ${printAttribute(value)}`).join(', ')}}`;
}

/** Text form of the graph behind named values, one node a line, for people. */
export function printGraph(outputs: Readonly<Record<string, Value>>): string {
  const order = topologicalOrder(Object.values(outputs));
  const ids = new Map(order.map((node, i) => [node, i]));
  const reference = (value: Value) =>
    `%${ids.get(value.node)}${value.index > 0 ? `.${value.index}` : ''}`;
  const lines = order.map((node, i) => {
    const types = node.outputs
      .map((value) => `${value.dtype} ${formatShape(value.shape)}`)
      .join(', ');
    return `%${i} = ${node.op.name}(${node.inputs.map(reference).join(', ')})${printAttributes(node)} : ${types}`;
  });
  const results = Object.entries(outputs).map(([name, value]) => `${name} = ${reference(value)}`);
  return [...lines, ...results].join('\n');
}
