import { constant } from '../ops/constant.ts';
import { add } from '../ops/add.ts';
import { cos } from '../ops/cos.ts';
import { log } from '../ops/log.ts';
import { mul } from '../ops/mul.ts';
import { randomUniform } from '../ops/random-uniform.ts';
import { sqrt } from '../ops/sqrt.ts';
import { sub } from '../ops/sub.ts';
import type { Shape } from '../ir/shape.ts';
import type { Value } from '../ir/value.ts';

/** Standard normal numbers by Box and Muller's transform of two uniform tensors; a pure function of `seed` (int32 [2]). */
export function randomNormal(shape: Shape, seed: Value): Value {
  const radius = sqrt(mul(-2, log(sub(1, randomUniform(shape, seed)))));
  const angle = mul(
    2 * Math.PI,
    randomUniform(shape, add(seed, constant([0x3c6ef372, 0], [2], 'int32'))),
  );
  return mul(radius, cos(angle));
}
