import { defineUnary, unary } from './elementwise.ts';

/** True where x is neither infinite nor NaN. */
export const isFiniteOp = defineUnary('isFinite', {
  result: 'bool',
});

/** True where x is neither infinite nor NaN. */
export const isFinite = unary(isFiniteOp);
