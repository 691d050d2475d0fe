import { defineUnary, unary } from './elementwise.ts';
import { div } from './div.ts';
import { mul } from './mul.ts';

/** Square root. The gradient at 0 is infinite, as in mathematics: guard it with where(). */
export const sqrtOp = defineUnary('sqrt', {
  gradient: (g, _x, y) => div(mul(g, 0.5), y),
});

/** Square root. The gradient at 0 is infinite, as in mathematics: guard it with where(). */
export const sqrt = unary(sqrtOp);
