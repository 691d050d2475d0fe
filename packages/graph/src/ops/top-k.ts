import { GraphError } from '../errors/graph-error.ts';
import { applyOp, expectType } from '../ir/apply-op.ts';
import { multiplyDims, sizeOf } from '../ir/dim.ts';
import { formatShape } from '../ir/shape.ts';
import { add } from './add.ts';
import { mul } from './mul.ts';
import { dimValue } from './dim-value.ts';
import { range } from './range.ts';
import { reshape } from './reshape.ts';
import { segmentSum } from './segment-sum.ts';
import type { Dim } from '../ir/dim.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';

/** The k largest elements of the last axis in falling order, and where they stood; the first index wins ties. */
export const topKOp: OpDefinition = {
  name: 'topK',
  infer: ([x], attributes) => {
    expectType('topK: x', x!, 'float32', 'int32');
    const k = attributes.k as Dim;
    const width = x!.shape.at(-1);
    const fits = typeof k !== 'number' || typeof width !== 'number' || (k >= 1 && k <= width);
    if (width === undefined || !fits) {
      throw new GraphError(
        'BAD_K',
        `topK: k must be from 1 to the size of the last axis; received k = ${k} and x ${formatShape(x!.shape)}.`,
      );
    }
    const shape = [...x!.shape.slice(0, -1), k];
    return [
      { shape, dtype: x!.dtype },
      { shape, dtype: 'int32' },
    ];
  },
  gradient: ({ node, inputs: [x], outputs: [, indices], gradients: [g] }) => {
    if (!g) return [undefined];
    const last = x!.shape[x!.shape.length - 1]!;
    const rows = sizeOf(x!.shape.slice(0, -1));
    const offsets = mul(reshape(range(rows), [rows, 1]), dimValue(last, 'int32'));
    const flat = multiplyDims(rows, node.attributes.k as Dim);
    const places = add(reshape(indices!, [rows, node.attributes.k as Dim]), offsets);
    const total = segmentSum(reshape(g, [flat]), reshape(places, [flat]), multiplyDims(rows, last));
    return [reshape(total, x!.shape)];
  },
};

/** The k largest elements of the last axis in falling order with their indices (int32). */
export function topK(x: Value, k: Dim): { values: Value; indices: Value } {
  const { outputs } = applyOp(topKOp, [x], { k });
  return { values: outputs[0]!, indices: outputs[1]! };
}
