import { defineUnary, unary } from './elementwise.ts';
import { mul } from './mul.ts';

/** Square. */
export const squareOp = defineUnary('square', {
  types: ['float32', 'int32'],
  gradient: (g, x) => mul(g, mul(2, x)),
});

/** Square. */
export const square = unary(squareOp);
