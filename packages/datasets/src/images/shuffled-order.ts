import { SeededRandom, shuffledIndices } from '@pare/core';

/** The numbers 0 to `count` - 1 in an order that depends on the seed only. */
export const shuffledOrder = (count: number, seed: number): Int32Array =>
  shuffledIndices(count, new SeededRandom(seed));

/** The numbers 0 to `count` - 1. */
export const inOrder = (count: number): Int32Array =>
  Int32Array.from({ length: count }, (_, i) => i);
