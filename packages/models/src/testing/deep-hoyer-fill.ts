import { torchShape } from '@pare/core';
import type { Network, Parameter } from '@pare/graph';
import type { NetworkData } from './run-network.ts';

/**
 * Fill of the CIFAR networks that DeepHoyer's numbers are given for. Element i of trained tensor k (from 1) is
 * v = ((31 i + 7 k) mod 61 - 30) / 30, in weights times sqrt(3 / fan in), in norms 1 + v / 10, in shifts and biases v / 10.
 * Running statistics are 0 and 1.
 */
function deepHoyerFill(network: Network): NetworkData['fill'] {
  const trained = network.parameters.filter(({ trainable }) => trainable);
  return (parameter) => {
    const k = trained.indexOf(parameter) + 1;
    const size = parameter.shape.reduce((a, b) => a * b, 1);
    const fanIn = size / torchShape(parameter)[0]!;
    const element = elements(Math.sqrt(3 / fanIn))[parameter.role];
    const cycle = Array.from({ length: 61 }, (_, i) =>
      element((((31 * i + 7 * k) % 61) - 30) / 30),
    );
    const values = new Float64Array(size);
    for (let i = 0; i < size; i++) values[i] = cycle[i % 61]!;
    return values;
  };
}

const elements = (scale: number): Record<Parameter['role'], (v: number) => number> => ({
  weight: (v) => v * scale,
  bias: (v) => 0.1 * v,
  'norm-scale': (v) => 1 + 0.1 * v,
  'norm-shift': (v) => 0.1 * v,
  'running-mean': () => 0,
  'running-variance': () => 1,
  state: () => 0,
});

/** Two images of these numbers, and this fill. */
export const deepHoyerData = (
  network: Network,
  labels: readonly number[] = [3, 7],
): NetworkData => ({
  fill: deepHoyerFill(network),
  pixel: (i) => (((13 * i + 5) % 29) - 14) / 14,
  labels,
});
