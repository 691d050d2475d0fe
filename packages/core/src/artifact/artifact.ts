import type { Network, NetworkJson } from '@pare/graph';
import type { OperatingPoint } from '../contracts/method.ts';
import type { Tensors } from '../contracts/tensor.ts';
import type { PackedWeights } from './packed-weights.ts';

/** A compressed network as it is kept and passed on. */
export interface Artifact {
  readonly network: Network;
  readonly weights: Tensors;
  /** Name of the method that made it. */
  readonly method: string;
  readonly operatingPoints: readonly OperatingPoint[];
  /** The configuration it was made with: plain data. */
  readonly recipe: unknown;
  /** Numbers known of it, for example accuracy. */
  readonly metrics: Readonly<Record<string, number | string>>;
  /** Versions of the packages that made it. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Bytes of the weights: as float32, as the file, and as the file after gzip. */
export interface ArtifactSizes {
  readonly denseBytes: number;
  readonly storedBytes: number;
  readonly gzipBytes: number;
}

/** `model.json` of an artifact folder. */
export interface ArtifactJson extends Omit<Artifact, 'network' | 'weights'> {
  readonly format: typeof artifactFormat;
  readonly version: typeof artifactVersion;
  readonly network: NetworkJson;
  readonly weights: {
    readonly file: string;
    readonly sha256: string;
    readonly tensors: PackedWeights['tensors'];
  };
  readonly sizes: ArtifactSizes;
}

/** Value of `format` in model.json. */
export const artifactFormat = 'pare-model';

/** Version of the folder's layout that is written and read. */
export const artifactVersion = 1;

/** Name of the file with graph and facts. */
export const modelFile = 'model.json';

/** Name of the file with weights. */
export const weightsFile = 'weights.safetensors';
