import { defineUnary, unary } from './elementwise.ts';
import { div } from './div.ts';
import { mul } from './mul.ts';

/** Reciprocal square root. */
export const rsqrtOp = defineUnary('rsqrt', {
  gradient: (g, x, y) => mul(g, mul(-0.5, div(y, x))),
});

/** Reciprocal square root. */
export const rsqrt = unary(rsqrtOp);
