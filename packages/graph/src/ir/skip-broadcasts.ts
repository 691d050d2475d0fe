import { applyOp } from './apply-op.ts';
import { broadcastShapes, sameShape } from './shape.ts';
import type { RewriteRule } from './rewrite.ts';
import type { Shape } from './shape.ts';
import type { Value } from './value.ts';

function broadcastsTo(values: readonly Value[], shape: Shape): boolean {
  const result = values.map((value) => value.shape).reduce((a, b) => broadcastShapes('', a, b));
  return sameShape(result, shape);
}

/**
 * A rewrite rule that hands elementwise ops the operand from before a `broadcastTo` where they repeat it themselves.
 * Gradients of sums are full of these, and each one would be a pass over memory.
 */
export const skipBroadcasts: RewriteRule = (node, inputs) => {
  if (!node.op.broadcasts) return undefined;
  const { shape } = node.outputs[0]!;
  const operands = [...inputs];
  operands.forEach((value, i) => {
    if (value.node.op.name !== 'broadcastTo') return;
    operands[i] = value.node.inputs[0]!;
    if (!broadcastsTo(operands, shape)) operands[i] = value;
  });
  if (operands.every((value, i) => value === inputs[i])) return undefined;
  return applyOp(node.op, operands, node.attributes).outputs;
};
