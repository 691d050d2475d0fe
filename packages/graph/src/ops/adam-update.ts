import { applyOp } from '../ir/apply-op.ts';
import { multiplyDims, sizeOf } from '../ir/dim.ts';
import { expectUpdateInputs } from './update-inputs.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';

/**
 * Adam (Kingma and Ba, algorithm 1): m' = m + (1 - beta1)(g - m); v' = v + (1 - beta2)(g² - v);
 * w' = w - alpha * m' / (sqrt(v') + epsilon). The bias corrections come from the host in alpha and epsilon:
 * alpha = lr * sqrt(1 - beta2^t) / (1 - beta1^t), epsilon = eps * sqrt(1 - beta2^t), which is PyTorch's Adam exactly.
 */
export const adamUpdateOp: OpDefinition = {
  name: 'adamUpdate',
  infer: ([weight, first, second, gradient, alpha, epsilon]) => {
    const tensors = { weight: weight!, first: first!, second: second!, gradient: gradient! };
    expectUpdateInputs('adamUpdate', tensors, { alpha: alpha!, epsilon: epsilon! });
    return [weight!, first!, second!].map(({ shape }) => ({ shape, dtype: 'float32' }));
  },
  cost: (node) => ({ macs: 0, flops: multiplyDims(12, sizeOf(node.inputs[0]!.shape)) }),
};

/** New weight, first and second moment. `alpha` and `epsilon` are scalars. */
export function adamUpdate(
  state: { readonly weight: Value; readonly first: Value; readonly second: Value },
  gradient: Value,
  alpha: Value,
  epsilon: Value,
  options: { readonly beta1: number; readonly beta2: number },
): { weight: Value; first: Value; second: Value } {
  const inputs = [state.weight, state.first, state.second, gradient, alpha, epsilon];
  const { outputs } = applyOp(adamUpdateOp, inputs, { ...options });
  return { weight: outputs[0]!, first: outputs[1]!, second: outputs[2]! };
}
