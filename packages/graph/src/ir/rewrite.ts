import { applyOp } from './apply-op.ts';
import { topologicalOrder } from './topological-order.ts';
import type { Node, Value } from './value.ts';

/**
 * Rule of a rewrite: new outputs for a node whose inputs have become `inputs`, or undefined to keep the
 * op (applied again, with shapes inferred anew, where an input has changed).
 */
export type RewriteRule = (node: Node, inputs: readonly Value[]) => readonly Value[] | undefined;

/** Copies the graph behind the values with a rule applied to each node, inputs first. Unchanged parts are shared. */
export function rewrite(values: readonly Value[], rule: RewriteRule): Value[] {
  const results = new Map<Node, readonly Value[]>();
  const translate = (value: Value): Value => results.get(value.node)![value.index]!;
  for (const node of topologicalOrder(values)) {
    const inputs = node.inputs.map(translate);
    const changed = inputs.some((value, i) => value !== node.inputs[i]);
    results.set(
      node,
      rule(node, inputs) ??
        (changed ? applyOp(node.op, inputs, node.attributes).outputs : node.outputs),
    );
  }
  return values.map(translate);
}
