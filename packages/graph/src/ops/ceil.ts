import { defineUnary, unary } from './elementwise.ts';

/** Smallest integer not below x. */
export const ceilOp = defineUnary('ceil', {});

/** Smallest integer not below x. */
export const ceil = unary(ceilOp);
