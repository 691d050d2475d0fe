import { GraphError } from '../errors/graph-error.ts';
import { formatShape } from '../ir/shape.ts';
import { topologicalOrder } from '../ir/topological-order.ts';
import { add } from '../ops/add.ts';
import { broadcastTo } from '../ops/broadcast-to.ts';
import { scalar } from '../ops/constant.ts';
import type { Node, Value } from '../ir/value.ts';

/** Nodes on a path from one of the values to the loss. */
function dependents(order: readonly Node[], values: readonly Value[]): Set<Node> {
  const result = new Set(values.map((value) => value.node));
  for (const node of order) {
    if (!node.op.stopsGradient && node.inputs.some((value) => result.has(value.node)))
      result.add(node);
  }
  return result;
}

/**
 * Gradients of a scalar loss by reverse accumulation, as more graph. A value that the loss does not
 * depend on gets zeros. Works on its own result too, so higher derivatives are possible where every op on the
 * path has a differentiable gradient.
 */
export function gradients(loss: Value, wrt: readonly Value[]): Value[] {
  if (loss.shape.length !== 0 || loss.dtype !== 'float32') {
    throw new GraphError(
      'BAD_LOSS',
      `gradients: the loss must be a float32 scalar; received ${loss.dtype} ${formatShape(loss.shape)}. Use mean() or sum().`,
    );
  }
  const order = topologicalOrder([loss]);
  const active = dependents(order, wrt);
  const collected = new Map<Value, Value>();
  collected.set(loss, scalar(1));
  for (const node of [...order].reverse()) {
    if (!active.has(node) || node.op.stopsGradient || node.inputs.length === 0) continue;
    const outputGradients = node.outputs.map((output) => collected.get(output));
    if (outputGradients.every((gradient) => gradient === undefined)) continue;
    const needed = node.inputs.map((value) => active.has(value.node));
    if (!needed.includes(true)) continue;
    if (!node.op.gradient)
      throw new GraphError('NO_GRADIENT', `gradients: "${node.op.name}" has no gradient rule.`);
    const context = {
      node,
      inputs: node.inputs,
      outputs: node.outputs,
      gradients: outputGradients,
      needed,
    };
    node.op.gradient(context).forEach((gradient, i) => {
      if (!gradient || !needed[i]) return;
      const input = node.inputs[i]!;
      const sofar = collected.get(input);
      collected.set(input, sofar ? add(sofar, gradient) : gradient);
    });
  }
  return wrt.map((value) => collected.get(value) ?? broadcastTo(scalar(0), value.shape));
}
