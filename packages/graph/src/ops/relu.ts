import { defineBinary, defineUnary, unary } from './elementwise.ts';
import { applySingle } from '../ir/apply-op.ts';
import { cast } from './cast.ts';
import { greater } from './greater.ts';
import { mul } from './mul.ts';
import type { Value } from '../ir/value.ts';

/** Rectifier max(x, 0); the gradient at 0 is 0. */
export const reluOp = defineUnary('relu', {
  gradient: (g, _x, y) => applySingle(reluGradientOp, [g, y]),
});

/** Gradient of the rectifier: the first operand where the second is positive, else 0. */
export const reluGradientOp = defineBinary('reluGradient', {
  types: ['float32'],
  gradientA: (g, _a, b) => applySingle(reluGradientOp, [g, b]),
  gradientB: (g, _a, b) => mul(mul(g, 0), cast(greater(b, 0), 'float32')),
});

/** Rectifier max(x, 0). */
export const relu: (x: Value) => Value = unary(reluOp);
