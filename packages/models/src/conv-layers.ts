import { normLayer } from './norm-layer.ts';
import { weightInit } from './weight-init.ts';
import type { NetworkBuilder, Value } from '@pare/graph';
import type { NormKind, NormLayerOptions } from './norm-layer.ts';
import type { WeightInit } from './weight-init.ts';

/** What one convolution is told. */
export interface ConvOptions {
  readonly filters: number;
  /** Side of the square kernel; odd. */
  readonly kernel: number;
  /** Default 1. */
  readonly stride?: number;
  /** Default 1. */
  readonly groups?: number;
}

/** Convolutions and norms of one network, with the network's choices built in. */
export interface ConvLayers {
  /** Convolution with zeros around the image, so that stride 1 keeps its size and stride 2 halves it, rounded up. */
  conv(name: string, x: Value, options: ConvOptions): Value;
  norm(name: string, x: Value, options?: NormLayerOptions): Value;
}

/** Layers of a network whose convolutions all start alike, and have a bias (default: none) or not. */
export function convLayers(
  builder: NetworkBuilder,
  choices: { readonly norm: NormKind; readonly init: WeightInit; readonly bias?: boolean },
): ConvLayers {
  const { initializer, biasInitializer } = weightInit(choices.init);
  return {
    conv: (name, x, { filters, kernel, stride = 1, groups = 1 }) =>
      builder.conv2d(name, x, {
        filters,
        kernel,
        groups,
        strides: stride,
        padding: (kernel - 1) / 2,
        bias: choices.bias ?? false,
        // The published codes take all filters for the fan out, not those of one group.
        initializer: (fan) => initializer!({ in: fan.in, out: fan.out * groups }),
        biasInitializer,
      }),
    norm: (name, x, options) => normLayer(builder, choices.norm, name, x, options),
  };
}
