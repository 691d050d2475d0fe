import { binary, defineBinary } from './elementwise.ts';
import { greater } from './greater.ts';
import { log } from './log.ts';
import { mul } from './mul.ts';
import { notEqual } from './not-equal.ts';
import { sub } from './sub.ts';
import { where } from './where.ts';

/** Power a^b for a > 0, or any a with a whole number b; the gradient of b is 0 where a <= 0. Elementwise with broadcasting. */
export const powOp = defineBinary('pow', {
  types: ['float32'],
  gradientA: (g, a, b) => {
    // a^0 is 1 everywhere, but 0 * a^-1 would be NaN where a is 0.
    const varies = notEqual(b, 0);
    return mul(g, mul(b, pow(a, where(varies, sub(b, 1), 0))));
  },
  gradientB: (g, a, _b, y) => {
    const positive = greater(a, 0);
    return mul(g, mul(y, where(positive, log(where(positive, a, 1)), 0)));
  },
});

/** Power a^b for a > 0, or any a with a whole number b; the gradient of b is 0 where a <= 0. Elementwise with broadcasting. */
export const pow = binary(powOp);
