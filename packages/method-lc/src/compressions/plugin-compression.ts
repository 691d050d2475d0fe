import { PareError } from '@pare/core';
import { checkPrevious, inputWeights } from './input-weights.ts';
import type { Compression as PlainCompression, CompressedForm } from '@pare/core';
import type { PluginWeights } from './compressed-weights.ts';
import type { Compression } from './compression.ts';

/**
 * A compression that a plugin brings, as one of this package. Numbers that it gives are checked: throws `BAD_COMPRESSION` where
 * it gives too few weights, or some that are not finite.
 */
export function pluginCompression(plain: PlainCompression): Compression<PluginWeights> {
  const { name } = plain;
  const owner = `compression "${name}"`;
  return {
    name,
    compress(v, context) {
      const { mu, shape, random, previous, spatial } = context;
      const weights = inputWeights(owner, v, context);
      if (previous) checkPrevious(owner, weights.length, previous.values.length);
      const form = plain.compress(weights, {
        mu,
        shape,
        random,
        ...(previous && { previous: previous.theta }),
        ...(spatial !== undefined && { spatial }),
      });
      return weightsOf(name, form, weights.length);
    },
    decompress: ({ values }) => values.slice(),
    bits: ({ bits }) => bits,
    storedBits: ({ bits }) => bits,
    // A plugin counts bits only.
    parameters: ({ bits }) => Math.ceil(bits / 32),
    ...macsOf,
  };
}

/** Without a count of the plugin the layer costs what it did. */
const macsOf: Pick<Compression<PluginWeights>, 'macs'> = {
  macs: ({ macs, values }, spatial) => macs ?? values.length * spatial,
};

function weightsOf(name: string, form: CompressedForm, expected: number): PluginWeights {
  const values = form.decompress();
  const { theta, bits, flops } = form;
  const wrong =
    values.length === expected ? values.findIndex((value) => !Number.isFinite(value)) : -1;
  const problem =
    values.length !== expected
      ? `gave ${values.length} weights; expected ${expected}`
      : wrong >= 0
        ? `gave ${values[wrong]} as weight ${wrong}; expected finite numbers`
        : undefined;
  if (problem) {
    throw new PareError('BAD_COMPRESSION', `compression "${name}" ${problem}. Tell its author.`);
  }
  return {
    kind: 'plugin',
    name,
    theta,
    values,
    bits,
    ...(flops !== undefined && { macs: flops / 2 }),
  };
}
