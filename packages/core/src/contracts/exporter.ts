import type { CompressedState } from './method.ts';

/** Writes a compressed network in a format that other programs read. */
export interface Exporter {
  readonly name: string;
  /** Writes into the folder, which exists; gives the paths written, relative to it. */
  write(state: CompressedState, folder: string): Promise<readonly string[]>;
}
