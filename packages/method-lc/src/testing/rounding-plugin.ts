import { definePlugin, provide } from '@pare/core';
import { z } from 'zod';
import type { Compression, Plugin } from '@pare/core';

const options = z.strictObject({
  step: z.number().positive().default(0.5).describe('distance of neighbouring values'),
  share: z.number().min(0).max(1).default(1).describe('of the weights that are rounded'),
});

/** Rounds a share of the weights to multiples of a step; remembers how often it has done so. */
function rounding({ step, share }: z.output<typeof options>): Compression {
  return {
    name: 'round-to-step',
    compress(v, { previous }) {
      if (!v.every(Number.isFinite)) throw new Error('weights must be finite');
      const rounded = Math.round(share * v.length);
      const values = v.map((weight, i) =>
        i < rounded ? step * Math.round(weight / step) : weight,
      );
      const times = previous === undefined ? 1 : (previous as { times: number }).times + 1;
      return {
        theta: { values, times },
        decompress: () => values.slice(),
        bits: 8 * v.length,
        flops: v.length,
      };
    },
  };
}

/** A plugin as somebody else would write it, with one compression. */
export const roundingPlugin: Plugin = definePlugin({
  name: 'rounding',
  core: '^1.0.0',
  provides: {
    compression: {
      'round-to-step': provide({
        description: 'Weights that are multiples of a step',
        options,
        create: (given) => rounding(given.options),
      }),
    },
  },
});
