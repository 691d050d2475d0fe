import { GraphError } from '../errors/graph-error.ts';
import { applySingle, expectType } from '../ir/apply-op.ts';
import { multiplyDims, sizeOf } from '../ir/dim.ts';
import { formatShape, sameShape } from '../ir/shape.ts';
import type { NodeCost, OpDefinition } from '../ir/op-definition.ts';
import type { Node, Value } from '../ir/value.ts';

/** Options of `matMul`. */
export interface MatMulOptions {
  /** Swap the last two axes of a before multiplying; default false. */
  readonly transposeA?: boolean;
  /** Swap the last two axes of b before multiplying; default false. */
  readonly transposeB?: boolean;
}

/** Product of matrices in the last two axes; leading axes must agree. */
export const matMulOp: OpDefinition = {
  name: 'matMul',
  infer: ([a, b], attributes) => {
    expectType('matMul: a', a!, 'float32');
    expectType('matMul: b', b!, 'float32');
    const rank = a!.shape.length;
    const [ra, ca] = lastTwo(a!, attributes.transposeA === true);
    const [rb, cb] = lastTwo(b!, attributes.transposeB === true);
    const batch = a!.shape.slice(0, -2);
    if (
      rank < 2 ||
      rank !== b!.shape.length ||
      ca !== rb ||
      !sameShape(batch, b!.shape.slice(0, -2))
    ) {
      throw new GraphError(
        'SHAPE_MISMATCH',
        `matMul: ${formatShape(a!.shape)}${attributes.transposeA ? ' transposed' : ''} does not multiply ${formatShape(b!.shape)}${attributes.transposeB ? ' transposed' : ''}.`,
      );
    }
    return [{ shape: [...batch, ra!, cb!], dtype: 'float32' }];
  },
  gradient: ({ node, inputs: [a, b], gradients: [g], needed }) => {
    const ta = node.attributes.transposeA === true;
    const tb = node.attributes.transposeB === true;
    const da = () =>
      ta
        ? matMul(b!, g!, { transposeA: tb, transposeB: true })
        : matMul(g!, b!, { transposeB: !tb });
    const db = () =>
      tb
        ? matMul(g!, a!, { transposeA: true, transposeB: ta })
        : matMul(a!, g!, { transposeA: !ta });
    return [needed[0] ? da() : undefined, needed[1] ? db() : undefined];
  },
  cost: matMulCost,
};

function lastTwo(value: Value, transposed: boolean) {
  const [row, column] = value.shape.slice(-2);
  return transposed ? [column, row] : [row, column];
}

function matMulCost(node: Node): NodeCost {
  const inner = lastTwo(node.inputs[0]!, node.attributes.transposeA === true)[1]!;
  const macs = multiplyDims(sizeOf(node.outputs[0]!.shape), inner);
  return { macs, flops: multiplyDims(2, macs) };
}

/** Matrix product over the last two axes. */
export function matMul(a: Value, b: Value, options: MatMulOptions = {}): Value {
  return applySingle(matMulOp, [a, b], {
    transposeA: options.transposeA ?? false,
    transposeB: options.transposeB ?? false,
  });
}
