import { binary, defineBinary } from './elementwise.ts';
import { mul } from './mul.ts';
import { shareOfWinner } from '../composites/share-of-winner.ts';

/** Smaller of two; on a tie half of the gradient goes to each. Elementwise with broadcasting. */
export const minimumOp = defineBinary('minimum', {
  gradientA: (g, a, b) => mul(g, shareOfWinner(b, a)),
  gradientB: (g, a, b) => mul(g, shareOfWinner(a, b)),
});

/** Smaller of two; on a tie half of the gradient goes to each. Elementwise with broadcasting. */
export const minimum = binary(minimumOp);
