import { provide } from '@pare/core';
import { compressionParts } from './compression-parts.ts';
import type { Compression as PlainCompression, CompressionData, Provision } from '@pare/core';
import type { CompressedWeights } from './compressed-weights.ts';
import type { CompressionPart } from './compression-parts.ts';
import type { Compression } from './compression.ts';

/** The compressions of this package as any plugin brings them, by name. */
export const compressionProvisions: Readonly<Record<string, Provision<PlainCompression>>> =
  Object.fromEntries(
    Object.entries(compressionParts).map(([name, part]) => [name, provisionOf(part)]),
  );

function provisionOf(part: CompressionPart): Provision<PlainCompression> {
  const { description, options } = part;
  return provide({
    description,
    options,
    create: (given) => plainCompression(part.create(given.options)),
  });
}

/** A compression of this package under the contract that plugins have. */
function plainCompression(compression: Compression): PlainCompression {
  return {
    name: compression.name,
    compress(v, { previous, spatial, ...context }) {
      const theta = compression.compress(v, {
        ...context,
        ...(previous !== undefined && { previous: previous as unknown as CompressedWeights }),
        ...(spatial !== undefined && { spatial }),
      });
      const macs = spatial === undefined ? undefined : compression.macs?.(theta, spatial);
      return {
        theta: theta as unknown as CompressionData,
        decompress: () => compression.decompress(theta),
        bits: compression.bits(theta),
        ...(macs !== undefined && { flops: 2 * macs }),
      };
    },
  };
}
