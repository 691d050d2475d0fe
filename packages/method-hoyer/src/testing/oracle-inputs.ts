import type { Network } from '@pare/graph';
import { fromTorchLayout, torchShape } from '@pare/core';
import type { HostTensor } from '@pare/core';

/** Element i is ((a·i + b) mod m - c) / d, rounded to float32: the inputs of the parity oracles. */
export function series(size: number, [a, b, m, c, d]: readonly number[]): Float32Array {
  return Float32Array.from({ length: size }, (_, i) => (((a! * i + b!) % m!) - c!) / d!);
}

/** 3 × 4 dense weight, [out, in]. */
export const W = series(12, [37, 11, 101, 50, 100]);
/** Bias of 3. */
export const B = series(3, [29, 7, 31, 15, 50]);
/** Convolution [3 filters, 2 channels, 2, 2]. */
export const C = series(24, [41, 3, 89, 44, 60]);
/** 4 × 5 dense weight, [out, in]. */
export const P = series(20, [53, 17, 97, 48, 120]);

/** Weights of a network as the oracles of whole models have them: tensor number k counts from 1 in order of registration. */
export function filled(network: Network): Map<string, HostTensor> {
  return new Map(
    network.parameters.map((parameter, index): [string, HostTensor] => {
      const torch = torchShape(parameter);
      const size = torch.reduce((product, dim) => product * dim, 1);
      const fan = torch.length === 1 ? 50 : size / torch[0]!;
      // Outside the loop: globals are slow in Jest's modules.
      const scale = Math.sqrt(fan);
      const values = Float32Array.from(
        { length: size },
        (_, i) => (((31 * i + 7 * (index + 1)) % 61) - 30) / 30 / scale,
      );
      const data = fromTorchLayout(parameter, values);
      return [parameter.name, { dtype: 'float32', shape: parameter.shape, data }];
    }),
  );
}

/** Images [2, 28, 28, 1] of the whole-model oracles. */
export const images: HostTensor = {
  dtype: 'float32',
  shape: [2, 28, 28, 1],
  data: Float32Array.from({ length: 2 * 784 }, (_, i) => ((13 * i + 5) % 29) / 28),
};

/** Labels of the images. */
export const labels: HostTensor = { dtype: 'int32', shape: [2], data: Int32Array.of(3, 7) };
