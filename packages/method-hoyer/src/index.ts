export { plugin as default } from './plugin.ts';
export { hoyerMethod } from './hoyer-method.ts';
export { hoyerOptions } from './options.ts';
export type { HoyerOptions } from './options.ts';
export { l1, hoyer, hoyerSquare, transformedL1 } from './regularizers/element-terms.ts';
export { groupLasso, groupHoyer, groupHoyerSquare } from './regularizers/group-terms.ts';
export type { Grouping } from './regularizers/group-terms.ts';
export { regularizer } from './regularizers/regularizer.ts';
export type { RegularizerOptions } from './regularizers/regularizer.ts';
export { regularizerKind } from './regularizers/regularizer-kind.ts';
export type { RegularizerKind, Script } from './regularizers/regularizer-kind.ts';
export { weightAxes } from './weight-axes.ts';
export type { WeightAxes } from './weight-axes.ts';
export { pruningThreshold } from './pruning/threshold.ts';
export type { PruningRule } from './pruning/threshold.ts';
export { pruneTensor } from './pruning/prune-tensor.ts';
export { pruneNetwork } from './pruning/prune-network.ts';
export type { PrunedTensor, PruningSettings } from './pruning/prune-network.ts';
export { pruneByPercentile } from './pruning/prune-by-percentile.ts';
export type { PercentileOptions } from './pruning/prune-by-percentile.ts';
export { pruneByStd } from './pruning/prune-by-std.ts';
export { freezeZeros } from './pruning/frozen-zeros.ts';
export { maskName, maskGradient, masksOf } from './pruning/static-mask.ts';
export { networkSparsity, tensorSparsity } from './report/tensor-sparsity.ts';
export type { Share, TensorSparsity } from './report/tensor-sparsity.ts';
export { sparsityReport } from './report/sparsity-report.ts';
export { mnistLines, weightLines } from './report/reference-lines.ts';
export { structureSummary, summaryLine } from './report/structure-summary.ts';
export type { StructureSummary } from './report/structure-summary.ts';
export { survivingMacs } from './report/surviving-macs.ts';
export type { LayerMacs } from './report/surviving-macs.ts';
export { topKAccuracy } from './report/top-k-accuracy.ts';
export { huffmanEncode, huffmanDecode } from './coding/huffman.ts';
export type { HuffmanCoded, Symbols } from './coding/huffman.ts';
export {
  codeWeight,
  decodeWeight,
  codeNetwork,
  decodeNetwork,
  codingTable,
} from './coding/coded-weights.ts';
export type { CodedNetwork, CodedWeight } from './coding/coded-weights.ts';
export { shareWeights } from './coding/weight-sharing.ts';
export type { SharedWeights } from './coding/weight-sharing.ts';
