import { applyOp } from './apply-op.ts';
import type { RewriteRule } from './rewrite.ts';
import type { Attribute, Attributes, Node, Value } from './value.ts';

/** Constants above this size are compared by identity only. */
const largestComparedBytes = 1024;

const numberKey = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

function attributeKey(_key: string, value: Attribute): unknown {
  // JSON would write infinities and NaN as null, and -0 as 0.
  if (typeof value === 'number') return numberKey(value);
  if (!ArrayBuffer.isView(value)) return value;
  const elements = Array.from(value as Float32Array, numberKey);
  return `${value.constructor.name}:${elements.join()}`;
}

/** Text of attributes, the same whatever order they were written in. */
function attributesKey(attributes: Attributes): string {
  const entries = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return JSON.stringify(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)),
    attributeKey,
  );
}

/** A rewrite rule that merges nodes with equal op, inputs and attributes. */
export function shareEqualNodes(): RewriteRule {
  const ids = new Map<Node, number>();
  const known = new Map<string, readonly Value[]>();
  const idOf = (node: Node): number => {
    if (!ids.has(node)) ids.set(node, ids.size);
    return ids.get(node)!;
  };
  return (node, inputs) => {
    const data = node.attributes.data;
    if (ArrayBuffer.isView(data) && data.byteLength > largestComparedBytes) return undefined;
    const operands = inputs.map((value) => `${idOf(value.node)}:${value.index}`).join();
    const key = `${node.op.name}(${operands})${attributesKey(node.attributes)}`;
    const found = known.get(key);
    if (found) return found;
    const changed = inputs.some((value, i) => value !== node.inputs[i]);
    const outputs = changed ? applyOp(node.op, inputs, node.attributes).outputs : node.outputs;
    known.set(key, outputs);
    return outputs;
  };
}
