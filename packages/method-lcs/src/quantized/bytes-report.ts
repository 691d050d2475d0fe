import { numberCount } from '../number-count.ts';
import { quantizedLayers } from './quantized-layers.ts';
import type { CompressedState, Report } from '@pare/core';
import type { Network, Parameter } from '@pare/graph';

/**
 * Bytes of one network at each number of bits: the quantized weights with their bits, all else as float32. The two numbers of
 * each quantizer are not counted. `used`: the parameters of the network without what stands beside its graph.
 */
export function bytesReport(
  { network }: Pick<CompressedState, 'network'>,
  used: (network: Network) => readonly Parameter[],
  grid: readonly number[],
): Report {
  const quantized = numberCount(quantizedLayers(network).map(({ weight }) => weight));
  const rest = numberCount(used(network)) - quantized;
  const whole = 4 * (quantized + rest);
  return {
    values: { quantizedWeights: quantized, otherNumbers: rest, float32Bytes: whole },
    tables: [
      {
        title: 'Size by bits',
        columns: [
          { key: 'bits', title: 'Bits' },
          { key: 'bytes', title: 'Bytes of the numbers alone' },
          { key: 'share', title: 'Share of float32' },
        ],
        rows: grid.map((bits) => {
          const bytes = Math.ceil((quantized * bits) / 8) + 4 * rest;
          return { bits, bytes, share: Number((bytes / whole).toFixed(6)) };
        }),
      },
    ],
  };
}
