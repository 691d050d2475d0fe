import { defineUnary, unary } from './elementwise.ts';

/** Nearest integer; halves go to the even neighbour. */
export const roundOp = defineUnary('round', {});

/** Nearest integer; halves go to the even neighbour. */
export const round = unary(roundOp);
