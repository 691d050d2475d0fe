import { add } from '../ops/add.ts';
import { matMul } from '../ops/mat-mul.ts';
import type { Value } from '../ir/value.ts';

/** Fully connected: x [n, in] times weight [in, out], plus bias [out] where given. */
export function dense(x: Value, weight: Value, bias?: Value): Value {
  const product = matMul(x, weight);
  return bias ? add(product, bias) : product;
}
