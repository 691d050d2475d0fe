import { tabulate, zeroTensor } from '../reference-tensor.ts';
import type { Kernel, Kernels } from '../kernel.ts';
import type { ReferenceTensor } from '../reference-tensor.ts';

/** Sum over everything but the last axis of a function of the element's position and channel. */
function sumByChannel(
  x: ReferenceTensor,
  term: (i: number, channel: number) => number,
): Float64Array {
  const channels = x.shape.at(-1)!;
  const total = new Float64Array(channels);
  x.data.forEach((_, i) => (total[i % channels]! += term(i, i % channels)));
  return total;
}

const vector = (values: ArrayLike<number>, f: (value: number, i: number) => number) =>
  tabulate('float32', [values.length], (_, i) => f(values[i]!, i));

function normalize(
  inputs: readonly ReferenceTensor[],
  mean: ArrayLike<number>,
  variance: ArrayLike<number>,
  epsilon: number,
): ReferenceTensor {
  const [x, gamma, beta] = inputs;
  const channels = mean.length;
  return tabulate('float32', x!.shape, (_, i) => {
    const c = i % channels;
    return (
      ((x!.data[i]! - mean[c]!) / Math.sqrt(variance[c]! + epsilon)) * gamma!.data[c]! +
      beta!.data[c]!
    );
  });
}

/** The three private outputs are the batch's mean, its biased variance, and nothing. */
const batchNormTraining: Kernel = ({ inputs, attributes }) => {
  const [x, , , runningMean, runningVariance] = inputs;
  const momentum = attributes.momentum as number;
  const count = x!.data.length / x!.shape.at(-1)!;
  const mean = sumByChannel(x!, (i) => x!.data[i]! / count);
  const variance = sumByChannel(x!, (i, c) => (x!.data[i]! - mean[c]!) ** 2 / count);
  // An unbiased variance of one number would be 0 / 0; every engine then takes the biased one.
  const unbiased = count / Math.max(count - 1, 1);
  const blend = (old: number, now: number) => (1 - momentum) * old + momentum * now;
  return [
    normalize(inputs, mean, variance, attributes.epsilon as number),
    vector(runningMean!.data, (old, c) => blend(old, mean[c]!)),
    vector(runningVariance!.data, (old, c) => blend(old, variance[c]! * unbiased)),
    vector(mean, (value) => value),
    vector(variance, (value) => value),
    zeroTensor('float32', [mean.length]),
  ];
};

const batchNormGradient: Kernel = ({ inputs: [g, x, gamma, mean, variance], attributes }) => {
  const channels = gamma!.data.length;
  const count = x!.data.length / channels;
  const deviation = (c: number) => Math.sqrt(variance!.data[c]! + (attributes.epsilon as number));
  const normal = (i: number, c: number) => (x!.data[i]! - mean!.data[c]!) / deviation(c);
  const dBeta = sumByChannel(g!, (i) => g!.data[i]!);
  const dGamma = sumByChannel(g!, (i, c) => g!.data[i]! * normal(i, c));
  const dx = tabulate('float32', x!.shape, (_, i) => {
    const c = i % channels;
    const centred = g!.data[i]! - dBeta[c]! / count - (normal(i, c) * dGamma[c]!) / count;
    return (gamma!.data[c]! / deviation(c)) * centred;
  });
  return [dx, vector(dGamma, (value) => value), vector(dBeta, (value) => value)];
};

const batchNormInference: Kernel = ({ inputs, attributes }) => [
  normalize(inputs, inputs[3]!.data, inputs[4]!.data, attributes.epsilon as number),
];

/** Batch norm in training and evaluation. */
export const normKernels: Kernels = { batchNormTraining, batchNormGradient, batchNormInference };
