import { PareError, didYouMean, parseOptions } from '@pare/core';
import { z } from 'zod';
import { additive } from './additive.ts';
import { compressionParts } from './compression-parts.ts';
import type { PartReference } from '@pare/core';
import type { Compression } from './compression.ts';
import type { CompressionPart } from './compression-parts.ts';
import type { additiveOptions } from './additive.ts';

const reference = z.looseObject({ name: z.string() });
const sum = z.array(reference).min(1);

/** Kinds of compression by name. */
export type CompressionKinds = Readonly<Record<string, CompressionPart>>;

/**
 * The compression that a configuration describes. A list is the sum of its parts; a list of one is that part. `kinds` are
 * all there are; default: those of this package. Throws `UNKNOWN_COMPRESSION` for a name that there is not, `OPTION_ERROR`
 * for wrong options.
 */
export function createCompression(
  config: PartReference | readonly PartReference[],
  options: z.input<typeof additiveOptions> = {},
  kinds: CompressionKinds = compressionParts,
): Compression {
  const place = { owner: 'compression' };
  if (!Array.isArray(config)) return createOne(parseOptions(reference, config, place), kinds);
  const [first, ...others] = parseOptions(sum, config, place).map((one) => createOne(one, kinds));
  return first && others.length > 0 ? additive([first, ...others], options) : first!;
}

function createOne({ name, ...input }: PartReference, kinds: CompressionKinds): Compression {
  const part = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (part)
    return part.create(parseOptions(part.options, input, { owner: `compression "${name}"` }));
  const names = Object.keys(kinds);
  throw new PareError(
    'UNKNOWN_COMPRESSION',
    `There is no compression "${name}".${didYouMean(name, names)} There are ${names.join(', ')}.`,
  );
}
