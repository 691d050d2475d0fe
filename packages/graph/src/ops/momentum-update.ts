import { applyOp } from '../ir/apply-op.ts';
import { multiplyDims, sizeOf } from '../ir/dim.ts';
import { expectUpdateInputs } from './update-inputs.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';

/**
 * SGD with momentum as PyTorch defines it: buffer' = momentum * buffer + g;
 * w' = w - lr * buffer', or w - lr * (g + momentum * buffer') with Nesterov. Engines run it in place where the results
 * go straight back to the variables.
 */
export const momentumUpdateOp: OpDefinition = {
  name: 'momentumUpdate',
  infer: ([weight, buffer, gradient, learningRate]) => {
    const tensors = { weight: weight!, buffer: buffer!, gradient: gradient! };
    expectUpdateInputs('momentumUpdate', tensors, { learningRate: learningRate! });
    return [weight!, buffer!].map(({ shape }) => ({ shape, dtype: 'float32' }));
  },
  cost: (node) => ({ macs: 0, flops: multiplyDims(4, sizeOf(node.inputs[0]!.shape)) }),
};

/** New weight and momentum buffer. `learningRate` is a scalar. */
export function momentumUpdate(
  weight: Value,
  buffer: Value,
  gradient: Value,
  learningRate: Value,
  options: { readonly momentum: number; readonly nesterov: boolean },
): { weight: Value; buffer: Value } {
  const { outputs } = applyOp(momentumUpdateOp, [weight, buffer, gradient, learningRate], {
    ...options,
  });
  return { weight: outputs[0]!, buffer: outputs[1]! };
}
