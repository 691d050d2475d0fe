import { defineUnary, unary } from './elementwise.ts';
import { mul } from './mul.ts';
import { sigmoid } from './sigmoid.ts';

/** log(1 + e^x), stable for large |x|. */
export const softplusOp = defineUnary('softplus', {
  gradient: (g, x) => mul(g, sigmoid(x)),
});

/** log(1 + e^x), stable for large |x|. */
export const softplus = unary(softplusOp);
