import { binary, defineBinary } from './elementwise.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';

/** Quotient a / b. Elementwise with broadcasting. */
export const divOp = defineBinary('div', {
  types: ['float32'],
  gradientA: (g, _a, b) => div(g, b),
  gradientB: (g, _a, b, y) => neg(mul(g, div(y, b))),
});

/** Quotient a / b. Elementwise with broadcasting. */
export const div = binary(divOp);
