import { add } from '../ops/add.ts';
import { cast } from '../ops/cast.ts';
import { equal } from '../ops/equal.ts';
import { greater } from '../ops/greater.ts';
import { mul } from '../ops/mul.ts';
import type { Value } from '../ir/value.ts';

/** 1 where a > b, one half where they are equal, else 0: how a maximum divides its gradient. */
export function shareOfWinner(a: Value, b: Value): Value {
  return add(cast(greater(a, b), 'float32'), mul(0.5, cast(equal(a, b), 'float32')));
}
