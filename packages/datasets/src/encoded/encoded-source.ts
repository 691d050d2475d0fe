/** An image file's bytes with its class number. */
export interface EncodedImage {
  /** JPEG, PNG or another format that the decoder knows. */
  readonly bytes: Uint8Array;
  /** From 0. */
  readonly label: number;
}

/** Compressed images with labels, read one at a time: a folder, an LMDB file. Reads may run side by side. */
export interface EncodedSource {
  readonly count: number;
  /** What messages call an image: its path, or file and key. */
  nameOf(index: number): string;
  read(index: number): Promise<EncodedImage>;
  close?(): Promise<void>;
}
