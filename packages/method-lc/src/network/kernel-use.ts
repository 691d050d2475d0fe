import { topologicalOrder } from '@pare/graph';
import type { Network, Node, Parameter } from '@pare/graph';

/** How the graph reads a kernel. */
export type KernelUse =
  /** One convolution or dense product, which two layers can replace. */
  | { readonly kind: 'layer'; readonly node: Node }
  | { readonly kind: 'other'; readonly reason: string }
  /** The output does not depend on it. */
  | { readonly kind: 'beside'; readonly reason: string };

/** Tells how the network reads its kernels. */
export function kernelUses(network: Network): (parameter: Parameter) => KernelUse {
  const readers = new Map<Node, Node[]>();
  const nodes = topologicalOrder([network.output]);
  for (const reader of nodes) {
    for (const { node } of reader.inputs) {
      if (node.op.name === 'variable') readers.set(node, [...(readers.get(node) ?? []), reader]);
    }
  }
  return ({ variable: { node } }) => {
    const [reader, ...others] = readers.get(node) ?? [];
    if (!reader) return { kind: 'beside', reason: 'the output does not read it' };
    if (others.length > 0) {
      return { kind: 'other', reason: `${1 + others.length} ops read it` };
    }
    return useOf(reader, node);
  };
}

function useOf(reader: Node, kernel: Node): KernelUse {
  const { op, inputs, attributes } = reader;
  const asKernel = inputs[1]?.node === kernel;
  if (op.name === 'conv2d' && asKernel) {
    return attributes.groups === 1
      ? { kind: 'layer', node: reader }
      : {
          kind: 'other',
          reason: `a convolution of ${attributes.groups as number} groups reads it`,
        };
  }
  const plain = !attributes.transposeA && !attributes.transposeB;
  if (op.name === 'matMul' && asKernel && plain) return { kind: 'layer', node: reader };
  return { kind: 'other', reason: `"${op.name}" reads it, not a convolution or dense layer` };
}
