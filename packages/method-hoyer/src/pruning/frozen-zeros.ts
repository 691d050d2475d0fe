import { notEqual, where } from '@pare/graph';
import type { Parameter, Value } from '@pare/graph';

/**
 * The gradient with 0 where the weight is exactly 0 now: the authors' MNIST rule, which needs no stored mask. A weight
 * that lands on 0 while it is fine-tuned freezes too. Weight decay and fresh moments leave 0 at 0.
 */
export function freezeZeros(parameter: Pick<Parameter, 'variable'>, gradient: Value): Value {
  return where(notEqual(parameter.variable, 0), gradient, 0);
}
