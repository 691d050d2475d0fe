import type { Network, NetworkBuilder } from '@pare/graph';

/** What a network must fit. */
export interface ModelTask {
  /** Height, width, channels. */
  readonly imageShape: readonly [number, number, number];
  readonly classes: number;
}

/** An architecture with its options chosen. */
export interface Model {
  readonly name: string;
  /** Builds the network: logits [batch, classes] for images [batch, ...imageShape]. Throws where the image is too small. */
  build(builder: NetworkBuilder, task: ModelTask): Network;
}
