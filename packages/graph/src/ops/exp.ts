import { defineUnary, unary } from './elementwise.ts';
import { mul } from './mul.ts';

/** Natural exponential. */
export const expOp = defineUnary('exp', {
  gradient: (g, _x, y) => mul(g, y),
});

/** Natural exponential. */
export const exp = unary(expOp);
