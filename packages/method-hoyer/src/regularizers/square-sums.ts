import { equal, mul, replaceGradient, square, stopGradient, sum, where } from '@pare/graph';
import type { Value } from '@pare/graph';

/**
 * Sums of w² over different axes that share one pass over w in each direction. Backward through `square` would cost a
 * pass for 2·w; here the 2 is applied to the small sums instead, so values and gradients are exact.
 */
export function squareSums(w: Value): (axes?: number | readonly number[]) => Value {
  const squares = replaceGradient(square(w), mul(stopGradient(w), w));
  return (axes) => {
    const result = sum(squares, axes);
    return replaceGradient(result, mul(2, result));
  };
}

/**
 * A divisor without 0: a sum of squares is 0 only where every entry is 0, and then the term above it is 0 too, so 1
 * makes value and gradient 0. NaN stays NaN.
 */
export function orOne(sumOfSquares: Value): Value {
  return where(equal(sumOfSquares, 0), 1, sumOfSquares);
}
