import { defineUnary, unary } from './elementwise.ts';
import { cos } from './cos.ts';
import { mul } from './mul.ts';

/** Sine of radians. */
export const sinOp = defineUnary('sin', {
  gradient: (g, x) => mul(g, cos(x)),
});

/** Sine of radians. */
export const sin = unary(sinOp);
