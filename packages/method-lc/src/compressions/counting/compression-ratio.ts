/** What a compressed network consists of. */
export interface CompressedSize {
  /** Weights and biases of the network before. */
  readonly reference: number;
  /** Bits of everything that is compressed. */
  readonly compressedBits: number;
  /** Numbers that stay as they are: biases, layers that are in no compression. */
  readonly uncompressed: number;
}

/**
 * How many times smaller a network got: 32 bits a number before; after, the bits of what is compressed and 32 for each other
 * number. (The authors' notebooks leave out layers that are in no compression; their figures for such cases are too good.)
 */
export function compressionRatio({
  reference,
  compressedBits,
  uncompressed,
}: CompressedSize): number {
  return (32 * reference) / (compressedBits + 32 * uncompressed);
}
