import { defineUnary, unary } from './elementwise.ts';
import { mul } from './mul.ts';
import { sign } from './sign.ts';

/** Absolute value; the gradient at 0 is 0. */
export const absOp = defineUnary('abs', {
  types: ['float32', 'int32'],
  gradient: (g, x) => mul(g, sign(x)),
});

/** Absolute value; the gradient at 0 is 0. */
export const abs = unary(absOp);
