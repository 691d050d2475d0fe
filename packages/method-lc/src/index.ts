export { additive, additiveOptions } from './compressions/additive.ts';
export type {
  CodebookWeights,
  CompressedWeights,
  FactoredWeights,
  SparseWeights,
  SummedWeights,
} from './compressions/compressed-weights.ts';
export type { Compression, CompressionContext } from './compressions/compression.ts';
export { compressionParts } from './compressions/compression-parts.ts';
export type { CompressionPart } from './compressions/compression-parts.ts';
export { compressionRatio } from './compressions/counting/compression-ratio.ts';
export { createCompression } from './compressions/create-compression.ts';
export { svd } from './compressions/linear-algebra/svd.ts';
export type { SingularTerms, SingularValues, Svd } from './compressions/linear-algebra/svd.ts';
export { factorLayers } from './compressions/low-rank/factor-layers.ts';
export { factoredMacs } from './compressions/low-rank/factored-macs.ts';
export { factoringOf } from './compressions/low-rank/factoring.ts';
export { exactKMeans } from './compressions/quantization/exact-k-means.ts';
export { weightedPoints } from './compressions/quantization/weighted-points.ts';
export { joinTensors, splitTensors } from './compressions/tensor-group.ts';
export { lcMethod } from './lc-method.ts';
export { lcOptions } from './options.ts';
export type { LcOptions } from './options.ts';
export { plugin as default } from './plugin.ts';
