import { expect } from '@jest/globals';
import type { Tensors } from '../contracts/tensor.ts';

/** Fails with the names of the tensors that hold a number that is not finite. */
export function expectFinite(weights: Tensors): void {
  const broken = [...weights].filter(([, { data }]) => !data.every(Number.isFinite));
  expect(broken.map(([name]) => name)).toEqual([]);
}
