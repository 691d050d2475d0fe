import type { SafetensorsTensor } from '../artifact/safetensors.ts';

/** Tensors by name, as a file holds them. */
export type StoredTensors = ReadonlyMap<string, SafetensorsTensor>;

/** Order of axes: ours (HWIO, [in, out]) or PyTorch's (OIHW, [out, in]). */
export type WeightLayout = 'pare' | 'torch';

/** Weights as they were found, before they are compared with a network. */
export interface WeightsFile {
  /** The file with the numbers. */
  readonly file: string;
  /** Of that file. */
  readonly sha256: string;
  readonly tensors: StoredTensors;
  readonly layout: WeightLayout;
  /** What a person should know, a line each. */
  readonly notices: readonly string[];
  /** Said first where they do not fit. */
  readonly misfit?: string;
}
