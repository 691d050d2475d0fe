import { binary, defineBinary } from './elementwise.ts';

/** Product. Elementwise with broadcasting. */
export const mulOp = defineBinary('mul', {
  gradientA: (g, _a, b) => mul(g, b),
  gradientB: (g, a) => mul(g, a),
});

/** Product. Elementwise with broadcasting. */
export const mul = binary(mulOp);
