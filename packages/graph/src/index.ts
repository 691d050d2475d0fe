export { GraphError } from './errors/graph-error.ts';
export {
  addDims,
  multiplyDims,
  subtractDims,
  sizeOf,
  symbolsOf,
  termsOf,
  evaluateDim,
} from './ir/dim.ts';
export type { Dim } from './ir/dim.ts';
export type {
  NodeCost,
  GradientContext,
  Mode,
  Update,
  InstantiateContext,
  OpDefinition,
} from './ir/op-definition.ts';
export { rewrite } from './ir/rewrite.ts';
export type { RewriteRule } from './ir/rewrite.ts';
export { formatShape, sameShape, broadcastShapes, normalizeAxes, numericDim } from './ir/shape.ts';
export type { Shape } from './ir/shape.ts';
export { topologicalOrder } from './ir/topological-order.ts';
export type {
  DType,
  TensorData,
  Attribute,
  Attributes,
  TensorSpec,
  Node,
  Value,
  Operand,
} from './ir/value.ts';
export { abs } from './ops/abs.ts';
export { adamUpdate } from './ops/adam-update.ts';
export { add } from './ops/add.ts';
export { argMax } from './ops/arg-max.ts';
export { avgPool } from './ops/avg-pool.ts';
export { batchNorm } from './ops/batch-norm.ts';
export { groupNorm, instanceNorm } from './ops/group-norm.ts';
export type { BatchNormOptions } from './ops/batch-norm.ts';
export { broadcastTo } from './ops/broadcast-to.ts';
export { cast } from './ops/cast.ts';
export { ceil } from './ops/ceil.ts';
export { concat } from './ops/concat.ts';
export { toTensorData, constant, scalar } from './ops/constant.ts';
export { conv2d } from './ops/conv2d.ts';
export { cos } from './ops/cos.ts';
export { depthwiseConv2d } from './ops/depthwise-conv2d.ts';
export { dimValue } from './ops/dim-value.ts';
export { div } from './ops/div.ts';
export { dropout } from './ops/dropout.ts';
export { equal } from './ops/equal.ts';
export { exp } from './ops/exp.ts';
export { flatten } from './ops/flatten.ts';
export { floor } from './ops/floor.ts';
export { gather } from './ops/gather.ts';
export { greaterEqual } from './ops/greater-equal.ts';
export { greater } from './ops/greater.ts';
export { input, dimensionInput } from './ops/input.ts';
export { isFinite } from './ops/is-finite.ts';
export { kthLargest } from './ops/kth-largest.ts';
export { lessEqual } from './ops/less-equal.ts';
export { less } from './ops/less.ts';
export { logSoftmax } from './ops/log-softmax.ts';
export { log } from './ops/log.ts';
export { logicalAnd } from './ops/logical-and.ts';
export { logicalNot } from './ops/logical-not.ts';
export { logicalOr } from './ops/logical-or.ts';
export { matMul } from './ops/mat-mul.ts';
export type { MatMulOptions } from './ops/mat-mul.ts';
export { maxPool } from './ops/max-pool.ts';
export { max } from './ops/max.ts';
export { maximum } from './ops/maximum.ts';
export { minimum } from './ops/minimum.ts';
export { momentumUpdate } from './ops/momentum-update.ts';
export { mul } from './ops/mul.ts';
export { neg } from './ops/neg.ts';
export { notEqual } from './ops/not-equal.ts';
export { oneHot } from './ops/one-hot.ts';
export { pad } from './ops/pad.ts';
export { pow } from './ops/pow.ts';
export { randomUniform } from './ops/random-uniform.ts';
export { range } from './ops/range.ts';
export { relu } from './ops/relu.ts';
export { replaceGradient } from './ops/replace-gradient.ts';
export { reshape } from './ops/reshape.ts';
export { round } from './ops/round.ts';
export { rsqrt } from './ops/rsqrt.ts';
export { segmentSum } from './ops/segment-sum.ts';
export { sigmoid } from './ops/sigmoid.ts';
export { sign } from './ops/sign.ts';
export { sin } from './ops/sin.ts';
export { slice } from './ops/slice.ts';
export { softmaxCrossEntropy } from './ops/softmax-cross-entropy.ts';
export { softmax } from './ops/softmax.ts';
export { softplus } from './ops/softplus.ts';
export { sqrt } from './ops/sqrt.ts';
export { square } from './ops/square.ts';
export { stopGradient } from './ops/stop-gradient.ts';
export { sub } from './ops/sub.ts';
export { sum } from './ops/sum.ts';
export { tanh } from './ops/tanh.ts';
export { topK } from './ops/top-k.ts';
export { transpose } from './ops/transpose.ts';
export { variable, nameOf } from './ops/variable.ts';
export { where } from './ops/where.ts';
export { clip } from './composites/clip.ts';
export { dense } from './composites/dense.ts';
export { normalizeGroups, normalizeInstances } from './composites/group-norm.ts';
export { klDivergence } from './composites/kl-divergence.ts';
export { mean } from './composites/mean.ts';
export { min } from './composites/min.ts';
export { randomNormal } from './composites/random-normal.ts';
export { roundStraightThrough } from './composites/straight-through.ts';
export { sumToShape } from './composites/sum-to-shape.ts';
export { gradients } from './autodiff/gradients.ts';
export { program } from './program/program.ts';
export type { SymbolSource, Program, ProgramParts } from './program/program.ts';
export { resolveSymbols } from './program/resolve-symbols.ts';
export type { FedTensor } from './program/resolve-symbols.ts';
export {
  zeros,
  ones,
  uniform,
  normal,
  signed,
  uniformFanIn,
  heNormal,
  heUniform,
  glorotUniform,
} from './network/initializer.ts';
export type { Initializer, Fan, FanInitializer } from './network/initializer.ts';
export { instantiate } from './network/instantiate.ts';
export type {
  InstantiateOptions,
  InstantiateRule,
  NetworkInstance,
} from './network/instantiate.ts';
export { addParameters } from './network/add-parameters.ts';
export type { AddedParameter } from './network/add-parameters.ts';
export { NetworkUses } from './network/network-uses.ts';
export type { Use } from './network/network-uses.ts';
export { normBehind } from './network/norm-behind.ts';
export type { NormBehind } from './network/norm-behind.ts';
export { rewriteNetwork } from './network/rewrite-network.ts';
export type { NetworkRule, RewriteContext } from './network/rewrite-network.ts';
export { NetworkBuilder } from './network/network-builder.ts';
export type {
  WeightOptions,
  ConvLayerOptions,
  ParameterOptions,
} from './network/network-builder.ts';
export { trainableParameters } from './network/network.ts';
export type { ParameterRole, ParameterLayout, Parameter, Network } from './network/network.ts';
export { costReport } from './cost/cost-report.ts';
export type { LayerCost, CostReport } from './cost/cost-report.ts';
export type { LayerWindow } from './cost/layer-window.ts';
export { graphToJson, graphFromJson } from './serialize/graph-json.ts';
export type { GraphJson } from './serialize/graph-json.ts';
export { networkToJson, networkFromJson } from './serialize/network-json.ts';
export type { NetworkJson, ParameterJson } from './serialize/network-json.ts';
export { printGraph } from './serialize/print-graph.ts';
export { primitives } from './ops/primitives.ts';
export { geometryOf } from './ops/conv-geometry.ts';
export type { Conv2dOptions, WindowGeometry, WindowOptions } from './ops/conv-geometry.ts';
export type { PoolOptions } from './ops/pool-window.ts';
export type { ReduceOptions } from './ops/reduction.ts';
export { findChannels } from './channels/find-channels.ts';
export type { AxisChannels, ChannelGroup, ChannelMap } from './channels/channel-map.ts';
export { cutParameters } from './channels/cut-parameters.ts';
export type { ChannelCut } from './channels/cut-parameters.ts';
export { keepChannels } from './channels/keep-channels.ts';
export type { KeptChannels, SmallerNetwork } from './channels/keep-channels.ts';
