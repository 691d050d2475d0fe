import { binary, defineBinary } from './elementwise.ts';
import { neg } from './neg.ts';

/** Difference a - b. Elementwise with broadcasting. */
export const subOp = defineBinary('sub', {
  gradientA: (g) => g,
  gradientB: (g) => neg(g),
});

/** Difference a - b. Elementwise with broadcasting. */
export const sub = binary(subOp);
