import { GraphError } from '../errors/graph-error.ts';
import { formatShape, sameShape } from '../ir/shape.ts';
import { reshape } from '../ops/reshape.ts';
import { sum } from '../ops/sum.ts';
import type { Shape } from '../ir/shape.ts';
import type { Value } from '../ir/value.ts';

/** Sums a value over the axes along which `shape` was broadcast: the gradient of broadcasting. */
export function sumToShape(value: Value, shape: Shape): Value {
  if (sameShape(value.shape, shape)) return value;
  const extra = value.shape.length - shape.length;
  const axes: number[] = [];
  value.shape.forEach((dim, axis) => {
    const target = axis < extra ? undefined : shape[axis - extra];
    if (target === undefined || (target === 1 && dim !== 1)) axes.push(axis);
    else if (target !== dim) {
      throw new GraphError(
        'SHAPE_MISMATCH',
        `sumToShape: ${formatShape(value.shape)} was not broadcast from ${formatShape(shape)}.`,
      );
    }
  });
  // Leading axes vanish, inner ones stay as 1.
  const reduced = sum(value, axes, { keepDims: axes.some((axis) => axis >= extra) });
  return sameShape(reduced.shape, shape) ? reduced : reshape(reduced, shape);
}
