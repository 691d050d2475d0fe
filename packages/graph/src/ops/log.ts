import { defineUnary, unary } from './elementwise.ts';
import { div } from './div.ts';

/** Natural logarithm. */
export const logOp = defineUnary('log', {
  gradient: (g, x) => div(g, x),
});

/** Natural logarithm. */
export const log = unary(logOp);
