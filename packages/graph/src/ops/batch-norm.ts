import { GraphError } from '../errors/graph-error.ts';
import { applyOp, applySingle, expectRank, expectType } from '../ir/apply-op.ts';
import { multiplyDims, sizeOf } from '../ir/dim.ts';
import { formatShape, sameShape } from '../ir/shape.ts';
import { add } from './add.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';
import { rsqrt } from './rsqrt.ts';
import { sub } from './sub.ts';
import { sum } from './sum.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Node, Value } from '../ir/value.ts';

/** Options of `batchNorm`. */
export interface BatchNormOptions {
  /** Share of the new batch in the running statistics; default 0.1 (PyTorch's meaning). */
  readonly momentum?: number;
  /** Added to the variance; default 1e-5. */
  readonly epsilon?: number;
}

function checkInputs(inputs: readonly Value[]): void {
  const [x, ...vectors] = inputs;
  expectType('batchNorm: image', x!, 'float32');
  expectRank('batchNorm: image (NHWC)', x!, 4);
  const channels = [x!.shape[3]!];
  vectors.forEach((vector, i) => {
    if (!sameShape(vector.shape, channels)) {
      const name = ['gamma', 'beta', 'running mean', 'running variance'][i];
      throw new GraphError(
        'SHAPE_MISMATCH',
        `batchNorm: ${name} must have shape ${formatShape(channels)}; received ${formatShape(vector.shape)}.`,
      );
    }
  });
}

const perElement = (flops: number) => (node: Node) => ({
  macs: 0,
  flops: multiplyDims(sizeOf(node.inputs[0]!.shape), flops),
});

/** Batch norm of a network: batch statistics in training, running ones in evaluation. */
export const batchNormOp: OpDefinition = {
  name: 'batchNorm',
  infer: (inputs) => {
    checkInputs(inputs);
    return [{ shape: inputs[0]!.shape, dtype: 'float32' }];
  },
  cost: perElement(2),
  instantiate: ({ node, inputs, mode, update }) => {
    if (mode === 'eval')
      return [applySingle(batchNormInferenceOp, inputs, { epsilon: node.attributes.epsilon })];
    const trained = applyOp(batchNormTrainingOp, inputs, node.attributes);
    update({ variable: node.inputs[3]!, value: trained.outputs[1]! });
    update({ variable: node.inputs[4]!, value: trained.outputs[2]! });
    return [trained.outputs[0]!];
  },
};

/**
 * Normalises with the statistics of the batch. Outputs: y; the new running mean and (unbiased) variance;
 * and three tensors whose content is the engine's own, kept for the gradient.
 */
export const batchNormTrainingOp: OpDefinition = {
  name: 'batchNormTraining',
  infer: (inputs) => {
    checkInputs(inputs);
    const x = inputs[0]!;
    const vector = { shape: [x.shape[3]!], dtype: 'float32' as const };
    return [{ shape: x.shape, dtype: 'float32' }, vector, vector, vector, vector, vector];
  },
  gradient: ({ node, inputs: [x, gamma], outputs, gradients: [g, ...others] }) => {
    if (others.some((other) => other !== undefined)) {
      throw new GraphError(
        'NO_GRADIENT',
        'batchNorm: the running statistics have no gradient; use stopGradient on them.',
      );
    }
    const result = applyOp(batchNormGradientOp, [g!, x!, gamma!, ...outputs.slice(3)], {
      epsilon: node.attributes.epsilon,
    });
    return [...result.outputs, undefined, undefined];
  },
  cost: perElement(5),
};

/** Gradients of x, gamma and beta. Inputs: output's gradient, x, gamma, the three kept tensors. */
export const batchNormGradientOp: OpDefinition = {
  name: 'batchNormGradient',
  infer: ([g, , gamma]) => [
    { shape: g!.shape, dtype: 'float32' },
    { shape: gamma!.shape, dtype: 'float32' },
    { shape: gamma!.shape, dtype: 'float32' },
  ],
  cost: perElement(8),
};

/** Normalises with given statistics. */
export const batchNormInferenceOp: OpDefinition = {
  name: 'batchNormInference',
  infer: (inputs) => {
    checkInputs(inputs);
    return [{ shape: inputs[0]!.shape, dtype: 'float32' }];
  },
  gradient: ({ node, inputs: [x, gamma, , mean, variance], gradients: [g] }) => {
    const inverse = rsqrt(add(variance!, node.attributes.epsilon as number));
    const scale = mul(gamma!, inverse);
    const shift = sum(g!, [0, 1, 2]);
    const centred = sub(x!, mean!);
    const dScale = sum(mul(g!, centred), [0, 1, 2]);
    const dVariance = mul(mul(dScale, gamma!), mul(-0.5, mul(inverse, mul(inverse, inverse))));
    return [mul(g!, scale), mul(dScale, inverse), shift, neg(mul(shift, scale)), dVariance];
  },
  cost: perElement(2),
};

/**
 * Batch norm of images [batch, h, w, c] with gamma, beta, running mean and running variance [c]. In training the
 * statistics of the batch are used and the running ones updated; in evaluation the running ones are used.
 */
export function batchNorm(
  x: Value,
  gamma: Value,
  beta: Value,
  mean: Value,
  variance: Value,
  options: BatchNormOptions = {},
): Value {
  return applySingle(batchNormOp, [x, gamma, beta, mean, variance], {
    momentum: options.momentum ?? 0.1,
    epsilon: options.epsilon ?? 1e-5,
  });
}
