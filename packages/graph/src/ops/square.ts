import { defineUnary, unary } from './elementwise.ts';
import { mul } from './mul.ts';

/** Square. */
export const squareOp = defineUnary('square', {
  types: ['float32', 'int32'],
  // Doubling g costs nothing where it is repeated numbers (that of a mean); doubling x would be a pass over memory.
  gradient: (g, x) => mul(mul(2, g), x),
});

/** Square. */
export const square = unary(squareOp);
