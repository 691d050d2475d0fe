import { applySingle, expectType } from '../ir/apply-op.ts';
import { sizeOf } from '../ir/dim.ts';
import { normalizeAxes } from '../ir/shape.ts';
import { reshape } from './reshape.ts';
import { segmentSum } from './segment-sum.ts';
import { transpose } from './transpose.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';

/** Picks slices along an axis by index; indices outside the axis are an engine error. */
export const gatherOp: OpDefinition = {
  name: 'gather',
  infer: ([x, indices], attributes) => {
    expectType('gather: indices', indices!, 'int32');
    const axis = attributes.axis as number;
    const shape = [...x!.shape.slice(0, axis), ...indices!.shape, ...x!.shape.slice(axis + 1)];
    return [{ shape, dtype: x!.dtype }];
  },
  gradient: ({ node, inputs: [x, indices], gradients: [g] }) => {
    const axis = node.attributes.axis as number;
    const picked = indices!.shape.length;
    // Bring the indexed axes to the front, add up what fell on one index, bring the axis back.
    const axes = g!.shape.map((_, i) => i);
    const front = axes.slice(axis, axis + picked);
    const moved = transpose(g!, [...front, ...axes.filter((i) => !front.includes(i))]);
    const rest = x!.shape.filter((_, i) => i !== axis);
    const flat = reshape(moved, [sizeOf(indices!.shape), ...rest]);
    const total = segmentSum(flat, reshape(indices!, [sizeOf(indices!.shape)]), x!.shape[axis]!);
    const back = x!.shape.map((_, i) => (i === axis ? 0 : i < axis ? i + 1 : i));
    return [transpose(total, back), undefined];
  },
};

/** Slices of x along an axis (default 0), in the order of `indices` (int32, any shape). */
export function gather(x: Value, indices: Value, axis = 0): Value {
  return applySingle(gatherOp, [x, indices], {
    axis: normalizeAxes('gather', x.shape.length, axis)[0],
  });
}
