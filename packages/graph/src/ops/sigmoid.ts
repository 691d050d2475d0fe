import { defineUnary, unary } from './elementwise.ts';
import { mul } from './mul.ts';
import { sub } from './sub.ts';

/** Logistic function 1 / (1 + e^-x). */
export const sigmoidOp = defineUnary('sigmoid', {
  gradient: (g, _x, y) => mul(g, mul(y, sub(1, y))),
});

/** Logistic function 1 / (1 + e^-x). */
export const sigmoid = unary(sigmoidOp);
