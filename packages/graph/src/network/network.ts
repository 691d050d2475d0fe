import type { Value } from '../ir/value.ts';
import type { Initializer } from './initializer.ts';

/** What a parameter does in its layer. */
export type ParameterRole =
  'weight' | 'bias' | 'norm-scale' | 'norm-shift' | 'running-mean' | 'running-variance' | 'state';

/**
 * Order of axes: `hwio` convolution [height, width, in / groups, out], `hwcm` depthwise
 * [height, width, channel, multiplier], `io` dense [in, out], `vector` one per channel, `other`.
 */
export type ParameterLayout = 'hwio' | 'hwcm' | 'io' | 'vector' | 'other';

/** A named tensor of a network. */
export interface Parameter {
  /** Stable name: `<layer>.weight`, `<layer>.bias`, `<layer>.running_mean`, ... */
  readonly name: string;
  readonly layer: string;
  readonly role: ParameterRole;
  readonly layout: ParameterLayout;
  readonly trainable: boolean;
  readonly shape: readonly number[];
  readonly initializer: Initializer;
  /** Convolution groups, where the layout is `hwio`. */
  readonly groups: number;
  /** Height, width and channels of the image whose flattened form a dense weight reads, if it reads one. */
  readonly flattened: readonly [number, number, number] | undefined;
  readonly variable: Value;
}

/** A network: a mode-independent graph from an input [batch, ...] to an output, and its parameters in order of registration. */
export interface Network {
  readonly name: string;
  readonly input: Value;
  readonly output: Value;
  readonly parameters: readonly Parameter[];
}

/** Parameters that training changes. */
export function trainableParameters(network: Network): Parameter[] {
  return network.parameters.filter((parameter) => parameter.trainable);
}
