import { defineUnary, unary } from './elementwise.ts';

/** Logical negation. */
export const logicalNotOp = defineUnary('logicalNot', {
  types: ['bool'],
  result: 'bool',
});

/** Logical negation. */
export const logicalNot = unary(logicalNotOp);
