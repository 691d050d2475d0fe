/** Images and labels of one step. */
export interface Batch {
  /** float32 [size, height, width, channels], normalised. */
  readonly x: Float32Array;
  /** int32 [size], class numbers from 0. */
  readonly y: Int32Array;
  readonly size: number;
}

/** One part of a data set. */
export type Split = 'train' | 'validation' | 'test';

/** How a pass over a split is made. */
export interface BatchOptions {
  readonly batchSize: number;
  /** Shuffles (and augments) with this seed; undefined: in order, not augmented. The same seed gives the same stream. */
  readonly seed?: number;
  /** First batch to give, default 0: a resumed pass goes on where it stopped. */
  readonly start?: number;
  /** Leave out a last batch that is not full; default false. */
  readonly dropLast?: boolean;
}

/** Facts about a data set. */
export interface DatasetInfo {
  readonly name: string;
  /** Height, width, channels. */
  readonly imageShape: readonly [number, number, number];
  readonly classes: number;
  readonly sizes: Readonly<Partial<Record<Split, number>>>;
  /**
   * What was done to pixels in [0, 1]: (x - mean) / deviation. `mean` has one number for each channel, or (a mean image) one for
   * each pixel and channel [height, width, channels]; `deviation` has one for each channel.
   */
  readonly normalization: {
    readonly mean: readonly number[];
    readonly deviation: readonly number[];
  };
  /** Where the data came from: path or package, and checksums. */
  readonly source: string;
}

/** Images with labels. */
export interface Dataset {
  readonly info: DatasetInfo;
  /** Batches of one pass over a split, each in arrays of its own: engines may take them over. */
  batches(split: Split, options: BatchOptions): AsyncIterable<Batch>;
  dispose?(): Promise<void>;
}
