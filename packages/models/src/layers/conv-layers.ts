import { normLayer } from './norm-layer.ts';
import { groupedInit, layerInit } from './weight-init.ts';
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
  /** Default: as of the whole network. */
  readonly bias?: boolean;
}

/** What all convolutions of a network have in common. */
export interface ConvChoices {
  readonly norm: NormKind;
  readonly init: WeightInit;
  /** Default false. */
  readonly bias?: boolean;
}

/** Convolutions and norms of one network, with the network's choices built in. */
export interface ConvLayers {
  /** Convolution with zeros around the image, so that stride 1 keeps its size and stride 2 halves it, rounded up. */
  conv(name: string, x: Value, options: ConvOptions): Value;
  norm(name: string, x: Value, options?: NormLayerOptions): Value;
}

/** Layers of a network whose convolutions all start alike. */
export function convLayers(builder: NetworkBuilder, choices: ConvChoices): ConvLayers {
  const init = layerInit(choices.init);
  return {
    conv: (name, x, { filters, kernel, stride = 1, groups = 1, bias = choices.bias ?? false }) =>
      builder.conv2d(name, x, {
        filters,
        kernel,
        groups,
        strides: stride,
        padding: (kernel - 1) / 2,
        bias,
        ...groupedInit(init, groups),
      }),
    norm: (name, x, options) => normLayer(builder, choices.norm, name, x, options),
  };
}
