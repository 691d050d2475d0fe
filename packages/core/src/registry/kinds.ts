import type { Compression } from '../contracts/compression.ts';
import type { Dataset } from '../contracts/dataset.ts';
import type { Engine } from '../contracts/engine.ts';
import type { Exporter } from '../contracts/exporter.ts';
import type { Layer } from '../contracts/layer.ts';
import type { Loss } from '../contracts/loss.ts';
import type { Method } from '../contracts/method.ts';
import type { Model } from '../contracts/model.ts';
import type { Optimizer } from '../contracts/optimizer.ts';
import type { Reporter } from '../contracts/reporter.ts';
import type { Schedule } from '../contracts/schedule.ts';

/** What a plugin can bring, by kind: the closed list. */
export interface PartTypes {
  method: Method;
  compression: Compression;
  model: Model;
  dataset: Dataset;
  layer: Layer;
  loss: Loss;
  schedule: Schedule;
  optimizer: Optimizer;
  engine: Engine;
  exporter: Exporter;
  reporter: Reporter;
}

/** One of the kinds of parts. */
export type Kind = keyof PartTypes;

/** Every kind with what it is, in the order in which lists show them. */
export const kinds: Readonly<Record<Kind, string>> = {
  method: 'a way to compress a network',
  compression: 'a form of compressed weights',
  model: 'an architecture',
  dataset: 'images with labels',
  layer: 'a piece of a network',
  loss: 'what training minimises',
  schedule: 'how the learning rate moves',
  optimizer: 'an update rule',
  engine: 'what runs the programs',
  exporter: 'a format to write networks in',
  reporter: 'a listener of runs',
};

/** Names of the kinds. */
export const kindNames = Object.keys(kinds) as readonly Kind[];
