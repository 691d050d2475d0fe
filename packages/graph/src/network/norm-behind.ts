import type { Node } from '../ir/value.ts';
import type { NetworkUses } from './network-uses.ts';
import type { Parameter } from './network.ts';

/** What follows a layer and belongs to it. */
export interface NormBehind {
  readonly norm: Node | undefined;
  /** Added between layer and norm. */
  readonly bias: Parameter | undefined;
}

const norms = new Set(['batchNorm', 'groupNorm', 'instanceNorm']);

/** The norm that alone reads the output of a layer, and a bias of the layer that is added before. */
export function normBehind(layer: Node, uses: NetworkUses): NormBehind {
  const reader = uses.onlyReader(layer);
  if (!reader) return { norm: undefined, bias: undefined };
  if (norms.has(reader.op.name)) return { norm: reader, bias: undefined };
  const bias = reader.op.name === 'add' ? addedBias(reader, layer, uses) : undefined;
  const behind = bias && uses.onlyReader(reader);
  const norm = behind && norms.has(behind.op.name) ? behind : undefined;
  return { norm, bias: norm && bias };
}

/** The other operand of a sum, where it is a bias that nothing else reads. */
function addedBias(sum: Node, layer: Node, uses: NetworkUses): Parameter | undefined {
  const other = sum.inputs.find(({ node }) => node !== layer);
  const bias = other && uses.ownParameter(other);
  return bias?.role === 'bias' ? bias : undefined;
}
