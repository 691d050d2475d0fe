import { defineUnary, unary } from './elementwise.ts';

/** Negation. */
export const negOp = defineUnary('neg', {
  types: ['float32', 'int32'],
  gradient: (g) => neg(g),
});

/** Negation. */
export const neg = unary(negOp);
