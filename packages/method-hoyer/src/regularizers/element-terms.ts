import {
  abs,
  add,
  div,
  mul,
  replaceGradient,
  sign,
  sqrt,
  square,
  stopGradient,
  sum,
} from '@pare/graph';
import { magnitudeSum } from './magnitude-sum.ts';
import { orOne, squareSums } from './square-sums.ts';
import type { Value } from '@pare/graph';

/** ℓ1 norm Σ|w|. */
export function l1(w: Value): Value {
  return magnitudeSum(w);
}

/** Hoyer measure ‖w‖₁ / ‖w‖₂ (DeepHoyer, section 3.1): between 1 and √n; 0 for an all-zero tensor. */
export function hoyer(w: Value): Value {
  return div(magnitudeSum(w), sqrt(orOne(squareSums(w)())));
}

/**
 * Hoyer-Square ‖w‖₁² / ‖w‖₂² (DeepHoyer, section 3.1): between 1 and n, k where k entries have one magnitude and the
 * rest are 0; 0 for an all-zero tensor. Scaling w changes nothing, so it makes weights few without making them small.
 */
export function hoyerSquare(w: Value): Value {
  return div(square(magnitudeSum(w)), orOne(squareSums(w)()));
}

/** Transformed ℓ1 Σ 2|w| / (1 + |w|), the family (a + 1)|w| / (a + |w|) at a = 1. */
export function transformedL1(w: Value): Value {
  const magnitude = abs(w);
  const shifted = add(magnitude, 1);
  const slope = stopGradient(div(sign(w), square(shifted)));
  return mul(2, replaceGradient(sum(div(magnitude, shifted)), sum(mul(slope, w))));
}
