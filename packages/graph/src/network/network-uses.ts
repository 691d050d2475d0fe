import { topologicalOrder } from '../ir/topological-order.ts';
import { nameOf } from '../ops/variable.ts';
import type { Node, Value } from '../ir/value.ts';
import type { Network, Parameter } from './network.ts';

/** Where a value is read: as operand `place` (from 0) of a node. */
export interface Use {
  readonly node: Node;
  readonly place: number;
}

/** Who reads what in the graph of a network. */
export class NetworkUses {
  readonly #network: Network;
  readonly #uses = new Map<Node, Use[]>();
  readonly #parameters: ReadonlyMap<string, Parameter>;

  constructor(network: Network) {
    this.#network = network;
    this.#parameters = new Map(network.parameters.map((parameter) => [parameter.name, parameter]));
    for (const node of topologicalOrder([network.output])) {
      node.inputs.forEach((input, place) => this.#add(input.node, { node, place }));
    }
  }

  /** Operands that the outputs of a node are. */
  of(node: Node): readonly Use[] {
    return this.#uses.get(node) ?? [];
  }

  isOutput(node: Node): boolean {
    return node === this.#network.output.node;
  }

  /** Whether one operand reads the node and nothing else does. */
  isReadOnce(node: Node): boolean {
    return this.of(node).length === 1 && !this.isOutput(node);
  }

  /** The one operand's node that reads a node; undefined where there are more, or the network puts it out. */
  onlyReader(node: Node): Node | undefined {
    return this.isReadOnce(node) ? this.of(node)[0]!.node : undefined;
  }

  /** The parameter that a value is, where only one operand reads it. */
  ownParameter(value: Value): Parameter | undefined {
    if (value.node.op.name !== 'variable' || !this.isReadOnce(value.node)) return undefined;
    return this.#parameters.get(nameOf(value));
  }

  #add(node: Node, use: Use): void {
    const known = this.#uses.get(node);
    if (known) known.push(use);
    else this.#uses.set(node, [use]);
  }
}
