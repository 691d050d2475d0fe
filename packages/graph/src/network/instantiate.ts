import { GraphError } from '../errors/graph-error.ts';
import { rewrite } from '../ir/rewrite.ts';
import { add } from '../ops/add.ts';
import { constant } from '../ops/constant.ts';
import { nameOf } from '../ops/variable.ts';
import type { Mode, Update } from '../ir/op-definition.ts';
import type { Node, Value } from '../ir/value.ts';
import type { Network } from './network.ts';

/** How a network is brought into a program. */
export interface InstantiateOptions {
  readonly mode: Mode;
  /** What to use for the network's input; default its own input. */
  readonly input?: Value;
  /** Effective weights by parameter name: masked, quantized, sliced or interpolated versions. */
  readonly weights?: ReadonlyMap<string, Value>;
  /** int32 [2], new in each step; needed in training by networks with dropout. */
  readonly seed?: Value;
  /** Replaces single ops, before anything else is done with them. */
  readonly rule?: InstantiateRule;
}

/**
 * What stands for a node of a network: its outputs, made from the inputs as they are in the program (replaced already), or
 * undefined to leave the node alone.
 */
export type InstantiateRule = (context: {
  /** The node as it is in the network. */
  readonly node: Node;
  readonly inputs: readonly Value[];
}) => readonly Value[] | undefined;

/** A network inside a program. */
export interface NetworkInstance {
  readonly input: Value;
  readonly output: Value;
  /** Assignments to running statistics that this pass makes (training only). */
  readonly updates: readonly Update[];
}

/**
 * Copies the network's graph for a mode, with inputs and weights replaced. Shapes are inferred anew, so weights may
 * have other sizes, symbolic ones too, as long as the layers still fit together. Throws UNKNOWN_PARAMETER for a weight that
 * the network does not use.
 */
export function instantiate(network: Network, options: InstantiateOptions): NetworkInstance {
  const updates: Update[] = [];
  let seeds = 0;
  // Each random layer gets a stream of its own: the second seed word counts the layers.
  const nextSeed = (seed: Value) => add(seed, constant([0, seeds++ * 0x10001], [2], 'int32'));
  const input = options.input ?? network.input;
  const missing = new Set(options.weights?.keys());
  const [output] = rewrite([network.output], (node, inputs) => {
    if (node === network.input.node) return [input];
    if (node.op.name === 'variable') {
      const name = nameOf(node.outputs[0]!);
      missing.delete(name);
      const weight = options.weights?.get(name);
      return weight ? [weight] : undefined;
    }
    const replaced = options.rule?.({ node, inputs });
    if (replaced) return replaced;
    return node.op.instantiate?.({
      node,
      inputs,
      mode: options.mode,
      seed: options.seed && node.op.name === 'dropout' ? nextSeed(options.seed) : undefined,
      update: (update) => updates.push(update),
    });
  });
  if (missing.size > 0) {
    throw new GraphError(
      'UNKNOWN_PARAMETER',
      `instantiate: the network "${network.name}" has no ${[...missing].map((name) => `"${name}"`).join(', ')} to replace; it has: ${network.parameters.map(({ name }) => name).join(', ')}.`,
    );
  }
  return { input, output: output!, updates };
}
