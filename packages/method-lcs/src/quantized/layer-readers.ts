import type { Network, Node, Parameter, Value } from '@pare/graph';

/** Who reads what in the graph of a network. */
export class LayerReaders {
  readonly #readers = new Map<Node, Node[]>();
  readonly #parameters: ReadonlyMap<Node, Parameter>;
  readonly #output: Node;

  constructor(network: Network, nodes: readonly Node[]) {
    this.#output = network.output.node;
    this.#parameters = new Map(network.parameters.map((p) => [p.variable.node, p]));
    for (const node of nodes) {
      for (const { node: read } of node.inputs) {
        const known = this.#readers.get(read);
        if (known) known.push(node);
        else this.#readers.set(read, [node]);
      }
    }
  }

  /** The nodes that read a node, one for each operand that it is. */
  of(node: Node): readonly Node[] {
    return this.#readers.get(node) ?? [];
  }

  /** The one operand's node that reads it; undefined where there are more, or the network puts it out. */
  only(node: Node): Node | undefined {
    const readers = this.of(node);
    return readers.length === 1 && node !== this.#output ? readers[0] : undefined;
  }

  /** The parameters that values are; none where one is no parameter or is read elsewhere too. */
  ownParameters(values: readonly Value[]): readonly Parameter[] {
    const own = values.flatMap(({ node }) => (this.only(node) && this.#parameters.get(node)) ?? []);
    return own.length === values.length ? own : [];
  }

  /** The norm that alone reads the output of a layer, and a bias that is added before. */
  normBehind(
    layer: Node,
    norms: ReadonlySet<string>,
  ): { readonly norm: Node | undefined; readonly bias: Parameter | undefined } {
    const reader = this.only(layer);
    if (!reader || norms.has(reader.op.name)) return { norm: reader, bias: undefined };
    const bias = reader.op.name === 'add' ? this.#bias(reader, layer) : undefined;
    const behind = bias && this.only(reader);
    const norm = behind && norms.has(behind.op.name) ? behind : undefined;
    return { norm, bias: norm && bias };
  }

  /** The other operand of a sum, where it is a bias of the layer's own. */
  #bias({ inputs }: Node, layer: Node): Parameter | undefined {
    const [bias] = this.ownParameters(inputs.filter(({ node }) => node !== layer));
    return bias?.role === 'bias' ? bias : undefined;
  }
}
