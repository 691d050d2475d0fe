import { binary, defineBinary } from './elementwise.ts';
import { mul } from './mul.ts';
import { shareOfWinner } from '../composites/share-of-winner.ts';

/** Larger of two; on a tie half of the gradient goes to each. Elementwise with broadcasting. */
export const maximumOp = defineBinary('maximum', {
  gradientA: (g, a, b) => mul(g, shareOfWinner(a, b)),
  gradientB: (g, a, b) => mul(g, shareOfWinner(b, a)),
});

/** Larger of two; on a tie half of the gradient goes to each. Elementwise with broadcasting. */
export const maximum = binary(maximumOp);
