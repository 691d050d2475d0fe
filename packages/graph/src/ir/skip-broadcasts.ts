import { broadcastTo } from '../ops/broadcast-to.ts';
import { applyOp } from './apply-op.ts';
import { sameShape } from './shape.ts';
import type { RewriteRule } from './rewrite.ts';
import type { Node, Value } from './value.ts';

const beforeBroadcast = (value: Value): Value =>
  value.node.op.name === 'broadcastTo' ? value.node.inputs[0]! : value;

/** Whether an op gives the same elements where its operands are repeated after it instead of before it. */
const commutes = ({ op, inputs }: Node): boolean =>
  op.elementwise === true && (op.broadcasts === true || inputs.length === 1);

/**
 * A rewrite rule that hands elementwise ops the operands from before a `broadcastTo`: they repeat them themselves, and where
 * all operands were repeated only the smaller result is. Gradients of sums are full of these, and each one would be a pass over memory.
 */
export const skipBroadcasts: RewriteRule = (node, inputs) => {
  if (!commutes(node)) return undefined;
  const operands = inputs.map(beforeBroadcast);
  if (operands.every((value, i) => value === inputs[i])) return undefined;
  const [result] = applyOp(node.op, operands, node.attributes).outputs;
  const { shape } = node.outputs[0]!;
  return [sameShape(result!.shape, shape) ? result! : broadcastTo(result!, shape)];
};
