import type { Parameter, ParameterLayout } from '@pare/graph';

/** Which axis of a weight counts its outputs (filters) and which its inputs (channels of one convolution group). */
export interface WeightAxes {
  readonly filter: number;
  readonly channel: number;
}

const axesOfLayout: Readonly<Partial<Record<ParameterLayout, WeightAxes>>> = {
  io: { filter: 1, channel: 0 },
  hwio: { filter: 3, channel: 2 },
  hwcm: { filter: 2, channel: 3 },
};

/** The structural axes of a dense or convolutional weight; undefined for biases, norms and other parameters. */
export function weightAxes(parameter: Pick<Parameter, 'role' | 'layout'>): WeightAxes | undefined {
  return parameter.role === 'weight' ? axesOfLayout[parameter.layout] : undefined;
}
