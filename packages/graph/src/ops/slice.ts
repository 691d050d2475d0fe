import { GraphError } from '../errors/graph-error.ts';
import { applySingle } from '../ir/apply-op.ts';
import { addDims, subtractDims } from '../ir/dim.ts';
import { formatShape, sameShape } from '../ir/shape.ts';
import { pad } from './pad.ts';
import type { Dim } from '../ir/dim.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Shape } from '../ir/shape.ts';
import type { Value } from '../ir/value.ts';

/** A box of elements. */
export const sliceOp: OpDefinition = {
  name: 'slice',
  cost: () => ({ macs: 0, flops: 0 }),
  infer: ([x], attributes) => {
    const begin = attributes.begin as Shape;
    const size = attributes.size as Shape;
    const fits = x!.shape.every((dim, axis) => {
      const end = addDims(begin[axis] ?? 0, size[axis] ?? 0);
      if ([begin[axis], size[axis]].some((n) => typeof n === 'number' && n < 0)) return false;
      return typeof dim !== 'number' || typeof end !== 'number' || end <= dim;
    });
    if (begin.length !== x!.shape.length || size.length !== x!.shape.length || !fits) {
      throw new GraphError(
        'BAD_SLICE',
        `slice: begin ${formatShape(begin)}, size ${formatShape(size)} does not fit in ${formatShape(x!.shape)}.`,
      );
    }
    return [{ shape: size, dtype: x!.dtype }];
  },
  gradient: ({ node, inputs: [x], gradients: [g] }) => {
    const begin = node.attributes.begin as Shape;
    const size = node.attributes.size as Shape;
    return [
      pad(
        g!,
        x!.shape.map((dim, i): [Dim, Dim] => [
          begin[i]!,
          subtractDims(dim, addDims(begin[i]!, size[i]!)),
        ]),
      ),
    ];
  },
};

/** The box of x that starts at `begin` and has shape `size`; both may be symbolic. */
export function slice(x: Value, begin: Shape, size: Shape): Value {
  const whole =
    sameShape(size, x.shape) &&
    sameShape(
      begin,
      x.shape.map(() => 0),
    );
  return whole ? x : applySingle(sliceOp, [x], { begin, size });
}
