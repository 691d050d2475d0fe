import { defineUnary, unary } from './elementwise.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';
import { sin } from './sin.ts';

/** Cosine of radians. */
export const cosOp = defineUnary('cos', {
  gradient: (g, x) => neg(mul(g, sin(x))),
});

/** Cosine of radians. */
export const cos = unary(cosOp);
