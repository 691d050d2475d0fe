import { defineUnary, unary } from './elementwise.ts';

/** Sign: -1, 0 or 1. */
export const signOp = defineUnary('sign', {
  types: ['float32', 'int32'],
});

/** Sign: -1, 0 or 1. */
export const sign = unary(signOp);
