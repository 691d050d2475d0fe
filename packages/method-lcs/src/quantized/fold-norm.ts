import { PareError } from '@pare/core';
import type { HostTensor } from '@pare/core';
import type { BatchNormParameters } from './quantized-layers.ts';

const { fround } = Math;

/**
 * The weight times r = gamma/sqrt(variance + eps), as training quantizes it. The norm behind it is changed in `tensors` to one that
 * takes what is scaled by r already: its scale is sqrt(variance + eps), its mean is times r, as is a bias between. Throws LCS_GAMMA_ZERO where r is 0:
 * training divides by it.
 */
export function foldNorm(
  weight: HostTensor,
  { bias, scale, mean, variance, epsilon }: BatchNormParameters,
  tensors: Map<string, HostTensor>,
): HostTensor {
  const [gamma, spread] = [scale, variance].map(({ name }) => tensors.get(name)!);
  const deviation = spread!.data.map((v) => fround(Math.sqrt(fround(v + fround(epsilon)))));
  const factor = gamma!.data.map((g, i) => fround(g / deviation[i]!));
  const zero = factor.findIndex((r) => r === 0);
  if (zero >= 0) {
    throw new PareError(
      'LCS_GAMMA_ZERO',
      `method "lcs": "${scale.name}" is 0 for channel ${zero}; the scale of a batch norm behind a quantized convolution must not be 0, because training divides by it. Use group or instance norm, or another start of the scales.`,
    );
  }
  tensors.set(scale.name, { ...gamma!, data: deviation });
  for (const { name } of bias ? [mean, bias] : [mean]) {
    const before = tensors.get(name)!;
    tensors.set(name, { ...before, data: timesChannels(before.data, factor) });
  }
  return { ...weight, data: timesChannels(weight.data, factor) };
}

/** Numbers [..., channels] times one factor for each channel. */
function timesChannels(data: ArrayLike<number>, factor: ArrayLike<number>): Float32Array {
  const channels = factor.length;
  const result = new Float32Array(data.length);
  for (let i = 0; i < result.length; i += channels) {
    for (let c = 0; c < channels; c++) result[i + c] = data[i + c]! * factor[c]!;
  }
  return result;
}
