import { binary, defineBinary } from './elementwise.ts';

/** Sum. Elementwise with broadcasting. */
export const addOp = defineBinary('add', {
  gradientA: (g) => g,
  gradientB: (g) => g,
});

/** Sum. Elementwise with broadcasting. */
export const add = binary(addOp);
