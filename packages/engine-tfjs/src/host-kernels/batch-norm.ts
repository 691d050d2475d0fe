import type { TensorData } from '@pare/graph';
import type { HostKernel } from '../kernel.ts';

// The loops are written out: a function called for each element costs several times the arithmetic.

const inverseDeviation = (variance: ArrayLike<number>, epsilon: number) =>
  Float64Array.from(variance, (v) => 1 / Math.sqrt(v + epsilon));

/** Mean and biased variance of each channel (last axis), in double precision. */
function moments(x: TensorData, channels: number) {
  const count = x.length / channels;
  const mean = new Float64Array(channels);
  for (let i = 0; i < x.length;) for (let c = 0; c < channels; c++) mean[c]! += x[i++]!;
  for (let c = 0; c < channels; c++) mean[c]! /= count;
  const variance = new Float64Array(channels);
  for (let i = 0; i < x.length;) {
    for (let c = 0; c < channels; c++) {
      const centred = x[i++]! - mean[c]!;
      variance[c]! += centred * centred;
    }
  }
  for (let c = 0; c < channels; c++) variance[c]! /= count;
  return { mean, variance };
}

/** Batch norm with the statistics of the batch; keeps the mean, the biased variance, and nothing for the gradient. */
export const batchNormTraining: HostKernel = (inputs, outputs, attributes) => {
  const [x, gamma, beta, runningMean, runningVariance] = inputs.map(({ data }) => data);
  const [y, newMean, newVariance, keptMean, keptVariance, unused] = outputs.map(({ data }) => data);
  const channels = gamma!.length;
  const { mean, variance } = moments(x!, channels);
  const scale = inverseDeviation(variance, attributes.epsilon as number);
  for (let c = 0; c < channels; c++) scale[c]! *= gamma![c]!;
  for (let i = 0; i < x!.length;) {
    for (let c = 0; c < channels; c++, i++) y![i] = (x![i]! - mean[c]!) * scale[c]! + beta![c]!;
  }
  const count = x!.length / channels;
  const momentum = attributes.momentum as number;
  const unbiased = count / Math.max(count - 1, 1);
  for (let c = 0; c < channels; c++) {
    newMean![c] = (1 - momentum) * runningMean![c]! + momentum * mean[c]!;
    newVariance![c] = (1 - momentum) * runningVariance![c]! + momentum * unbiased * variance[c]!;
  }
  keptMean!.set(mean);
  keptVariance!.set(variance);
  unused!.fill(0);
};

/** Gradients of x, gamma and beta. */
export const batchNormGradient: HostKernel = (inputs, outputs, attributes) => {
  const [dy, x, gamma, mean, variance] = inputs.map(({ data }) => data);
  const [dx, dGamma, dBeta] = outputs.map(({ data }) => data);
  const channels = gamma!.length;
  const count = x!.length / channels;
  const inverse = inverseDeviation(variance!, attributes.epsilon as number);
  const sums = new Float64Array(channels);
  const products = new Float64Array(channels);
  for (let i = 0; i < x!.length;) {
    for (let c = 0; c < channels; c++, i++) {
      sums[c]! += dy![i]!;
      products[c]! += dy![i]! * (x![i]! - mean![c]!);
    }
  }
  // dx = a dy + b x + shift, channel by channel.
  const a = inverse.map((v, c) => v * gamma![c]!);
  const b = inverse.map((v, c) => (-a[c]! * products[c]! * v * v) / count);
  const shift = sums.map((sum, c) => (-a[c]! * sum) / count - b[c]! * mean![c]!);
  for (let i = 0; i < x!.length;) {
    for (let c = 0; c < channels; c++, i++) dx![i] = a[c]! * dy![i]! + b[c]! * x![i]! + shift[c]!;
  }
  for (let c = 0; c < channels; c++) {
    dGamma![c] = products[c]! * inverse[c]!;
    dBeta![c] = sums[c]!;
  }
};
