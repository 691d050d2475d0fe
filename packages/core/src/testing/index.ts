export { describeEngine } from './describe-engine.ts';
export type { DescribeEngineOptions } from './describe-engine.ts';
export { blobDataset } from './blob-dataset.ts';
export type { BlobOptions } from './blob-dataset.ts';
export { createReferenceEngine } from './reference-engine.ts';
export { describePlugin } from './describe-plugin.ts';
export type { DescribePluginOptions } from './describe-plugin.ts';
export { blobNetwork, trainBriefly } from './train-briefly.ts';
export {
  smallExperiment,
  smallNetwork,
  smallPruning,
  smallTraining,
} from './small-experiment.ts';
export type { SmallExperimentOptions } from './small-experiment.ts';
