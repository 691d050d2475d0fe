import type { Node, Program, Update, Value } from '@pare/graph';

/** An optimizer step whose results all go straight back to the variables it read. */
export interface InPlaceUpdate {
  readonly node: Node;
  /** Variables in the order of the node's outputs. */
  readonly variables: readonly Value[];
}

const fusable = new Set(['momentumUpdate', 'adamUpdate']);

/** Optimizer steps that can run in place, and the updates that remain. */
export function inPlaceUpdates(program: Program): { inPlace: InPlaceUpdate[]; others: Update[] } {
  const uses = new Map<Value, number>();
  const count = (value: Value) => uses.set(value, (uses.get(value) ?? 0) + 1);
  program.nodes.forEach((node) => node.inputs.forEach(count));
  [...program.outputs.values()].forEach(count);
  const target = new Map<Value, Value>();
  for (const { variable, value } of program.updates) {
    count(value);
    target.set(value, variable);
  }
  const inPlace = program.nodes
    .filter((node) => fusable.has(node.op.name))
    .filter((node) =>
      node.outputs.every(
        (output, i) => uses.get(output) === 1 && target.get(output) === node.inputs[i],
      ),
    )
    .map((node) => ({ node, variables: node.inputs.slice(0, node.outputs.length) }));
  const done = new Set(inPlace.flatMap(({ node }) => node.outputs));
  return { inPlace, others: program.updates.filter(({ value }) => !done.has(value)) };
}
