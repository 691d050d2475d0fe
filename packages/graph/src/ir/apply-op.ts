import { GraphError } from '../errors/graph-error.ts';
import { formatShape } from './shape.ts';
import type { OpDefinition } from './op-definition.ts';
import type { Attributes, DType, Node, Value } from './value.ts';

/** Makes a node of an op: infers the outputs and freezes everything. */
export function applyOp(
  op: OpDefinition,
  inputs: readonly Value[],
  attributes: Attributes = {},
): Node {
  const specs = op.infer(inputs, attributes);
  const outputs: Value[] = [];
  const node: Node = { op, inputs, attributes, outputs };
  specs.forEach(({ shape, dtype }, index) =>
    outputs.push(Object.freeze({ node, index, shape, dtype })),
  );
  Object.freeze(outputs);
  return Object.freeze(node);
}

/** The only output of a new node. */
export function applySingle(
  op: OpDefinition,
  inputs: readonly Value[],
  attributes: Attributes = {},
): Value {
  return applyOp(op, inputs, attributes).outputs[0]!;
}

/** Throws unless the value has one of the types. */
export function expectType(what: string, value: Value, ...types: readonly DType[]): void {
  if (!types.includes(value.dtype)) {
    throw new GraphError(
      'TYPE_MISMATCH',
      `${what} must be ${types.join(' or ')}; received ${value.dtype} ${formatShape(value.shape)}.`,
    );
  }
}

/** Throws unless the value has the rank. */
export function expectRank(what: string, value: Value, rank: number): void {
  if (value.shape.length !== rank) {
    throw new GraphError(
      'RANK_MISMATCH',
      `${what} must have rank ${rank}; received shape ${formatShape(value.shape)}.`,
    );
  }
}
