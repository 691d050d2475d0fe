import type { Node, Value } from './value.ts';

/** Nodes that the values depend on, inputs before users, each once. Iterative, so deep networks do not overflow the stack. */
export function topologicalOrder(values: Iterable<Value>): Node[] {
  const order: Node[] = [];
  const done = new Set<Node>();
  const stack: { node: Node; next: number }[] = [];
  for (const value of values) {
    if (done.has(value.node)) continue;
    done.add(value.node);
    stack.push({ node: value.node, next: 0 });
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      if (top.next === top.node.inputs.length) {
        order.push(top.node);
        stack.pop();
        continue;
      }
      const input = top.node.inputs[top.next++]!.node;
      if (done.has(input)) continue;
      done.add(input);
      stack.push({ node: input, next: 0 });
    }
  }
  return order;
}
