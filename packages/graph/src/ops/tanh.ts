import { defineUnary, unary } from './elementwise.ts';
import { mul } from './mul.ts';
import { square } from './square.ts';
import { sub } from './sub.ts';

/** Hyperbolic tangent. */
export const tanhOp = defineUnary('tanh', {
  gradient: (g, _x, y) => mul(g, sub(1, square(y))),
});

/** Hyperbolic tangent. */
export const tanh = unary(tanhOp);
