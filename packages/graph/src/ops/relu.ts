import { GraphError } from '../errors/graph-error.ts';
import { applySingle } from '../ir/apply-op.ts';
import { formatShape, sameShape } from '../ir/shape.ts';
import { cast } from './cast.ts';
import { defineBinary, defineUnary, unary } from './elementwise.ts';
import { greater } from './greater.ts';
import { mul } from './mul.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';

/** Rectifier max(x, 0); the gradient at 0 is 0. */
export const reluOp = defineUnary('relu', {
  gradient: (g, _x, y) => applySingle(reluGradientOp, [g, y]),
});

const broadcasting = defineBinary('reluGradient', {
  types: ['float32'],
  gradientA: (g, _a, b) => applySingle(reluGradientOp, [g, b]),
  gradientB: (g, _a, b) => mul(mul(g, 0), cast(greater(b, 0), 'float32')),
});

/** Gradient of the rectifier: the first operand where the second is positive, else 0. Both have one shape. */
export const reluGradientOp: OpDefinition = {
  ...broadcasting,
  broadcasts: false,
  infer: (inputs, attributes) => {
    const [gradient, y] = inputs;
    if (!sameShape(gradient!.shape, y!.shape)) {
      throw new GraphError(
        'SHAPE_MISMATCH',
        `reluGradient: gradient ${formatShape(gradient!.shape)} and output ${formatShape(y!.shape)} must have one shape.`,
      );
    }
    return broadcasting.infer(inputs, attributes);
  },
};

/** Rectifier max(x, 0). */
export const relu: (x: Value) => Value = unary(reluOp);
