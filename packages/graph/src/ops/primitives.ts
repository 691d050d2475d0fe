import { absOp } from './abs.ts';
import { adamUpdateOp } from './adam-update.ts';
import { addOp } from './add.ts';
import { argMaxOp } from './arg-max.ts';
import { avgPoolOp, avgPoolGradientOp } from './avg-pool.ts';
import {
  batchNormOp,
  batchNormTrainingOp,
  batchNormGradientOp,
  batchNormInferenceOp,
} from './batch-norm.ts';
import { broadcastToOp } from './broadcast-to.ts';
import { castOp } from './cast.ts';
import { ceilOp } from './ceil.ts';
import { concatOp } from './concat.ts';
import { constantOp } from './constant.ts';
import { conv2dOp, conv2dInputGradientOp, conv2dFilterGradientOp } from './conv2d.ts';
import { cosOp } from './cos.ts';
import {
  depthwiseConv2dOp,
  depthwiseConv2dInputGradientOp,
  depthwiseConv2dFilterGradientOp,
} from './depthwise-conv2d.ts';
import { dimValueOp } from './dim-value.ts';
import { divOp } from './div.ts';
import { dropoutOp } from './dropout.ts';
import { equalOp } from './equal.ts';
import { expOp } from './exp.ts';
import { flattenOp } from './flatten.ts';
import { floorOp } from './floor.ts';
import { gatherOp } from './gather.ts';
import { greaterEqualOp } from './greater-equal.ts';
import { greaterOp } from './greater.ts';
import { groupNormOp, instanceNormOp } from './group-norm.ts';
import { inputOp } from './input.ts';
import { isFiniteOp } from './is-finite.ts';
import { kthLargestOp } from './kth-largest.ts';
import { lessEqualOp } from './less-equal.ts';
import { lessOp } from './less.ts';
import { logSoftmaxOp } from './log-softmax.ts';
import { logOp } from './log.ts';
import { logicalAndOp } from './logical-and.ts';
import { logicalNotOp } from './logical-not.ts';
import { logicalOrOp } from './logical-or.ts';
import { matMulOp } from './mat-mul.ts';
import { maxPoolOp, maxPoolGradientOp } from './max-pool.ts';
import { maxOp } from './max.ts';
import { maximumOp } from './maximum.ts';
import { minimumOp } from './minimum.ts';
import { momentumUpdateOp } from './momentum-update.ts';
import { mulOp } from './mul.ts';
import { negOp } from './neg.ts';
import { notEqualOp } from './not-equal.ts';
import { oneHotOp } from './one-hot.ts';
import { padOp } from './pad.ts';
import { powOp } from './pow.ts';
import { randomUniformOp } from './random-uniform.ts';
import { rangeOp } from './range.ts';
import { reluOp, reluGradientOp } from './relu.ts';
import { replaceGradientOp } from './replace-gradient.ts';
import { reshapeOp } from './reshape.ts';
import { roundOp } from './round.ts';
import { rsqrtOp } from './rsqrt.ts';
import { segmentSumOp } from './segment-sum.ts';
import { sigmoidOp } from './sigmoid.ts';
import { signOp } from './sign.ts';
import { sinOp } from './sin.ts';
import { sliceOp } from './slice.ts';
import { softmaxCrossEntropyOp } from './softmax-cross-entropy.ts';
import { softmaxOp } from './softmax.ts';
import { softplusOp } from './softplus.ts';
import { sqrtOp } from './sqrt.ts';
import { squareOp } from './square.ts';
import { stopGradientOp } from './stop-gradient.ts';
import { subOp } from './sub.ts';
import { sumOp } from './sum.ts';
import { tanhOp } from './tanh.ts';
import { topKOp } from './top-k.ts';
import { transposeOp } from './transpose.ts';
import { variableOp } from './variable.ts';
import { whereOp } from './where.ts';
import type { OpDefinition } from '../ir/op-definition.ts';

const all: readonly OpDefinition[] = [
  absOp,
  adamUpdateOp,
  addOp,
  argMaxOp,
  avgPoolOp,
  avgPoolGradientOp,
  batchNormOp,
  batchNormTrainingOp,
  batchNormGradientOp,
  batchNormInferenceOp,
  groupNormOp,
  instanceNormOp,
  broadcastToOp,
  castOp,
  ceilOp,
  concatOp,
  constantOp,
  conv2dOp,
  conv2dInputGradientOp,
  conv2dFilterGradientOp,
  cosOp,
  depthwiseConv2dOp,
  depthwiseConv2dInputGradientOp,
  depthwiseConv2dFilterGradientOp,
  dimValueOp,
  divOp,
  dropoutOp,
  equalOp,
  expOp,
  flattenOp,
  floorOp,
  gatherOp,
  greaterEqualOp,
  greaterOp,
  inputOp,
  isFiniteOp,
  kthLargestOp,
  lessEqualOp,
  lessOp,
  logSoftmaxOp,
  logOp,
  logicalAndOp,
  logicalNotOp,
  logicalOrOp,
  matMulOp,
  maxPoolOp,
  maxPoolGradientOp,
  maxOp,
  maximumOp,
  minimumOp,
  momentumUpdateOp,
  mulOp,
  negOp,
  notEqualOp,
  oneHotOp,
  padOp,
  powOp,
  randomUniformOp,
  rangeOp,
  reluOp,
  reluGradientOp,
  replaceGradientOp,
  reshapeOp,
  roundOp,
  rsqrtOp,
  segmentSumOp,
  sigmoidOp,
  signOp,
  sinOp,
  sliceOp,
  softmaxCrossEntropyOp,
  softmaxOp,
  softplusOp,
  sqrtOp,
  squareOp,
  stopGradientOp,
  subOp,
  sumOp,
  tanhOp,
  topKOp,
  transposeOp,
  variableOp,
  whereOp,
];

/** Every primitive op by name. The list is closed: anything else is a composite of these. */
export const primitives: ReadonlyMap<string, OpDefinition> = new Map(
  all.map((op) => [op.name, op]),
);
