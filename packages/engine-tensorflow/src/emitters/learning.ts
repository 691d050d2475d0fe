import { bool, float, text, typeOf } from '../graphdef/tf-attribute.ts';
import type { Attributes } from '@pare/graph';
import type { EmitContext, Emitter } from '../graphdef/program-emitter.ts';
import type { TfTensor } from '../graphdef/graph-def.ts';

const emitMatMul: Emitter = ({ op, inputs, node, attributes }) => {
  const a = bool(attributes.transposeA === true);
  const b = bool(attributes.transposeB === true);
  if (node.inputs[0]!.shape.length === 2)
    return op('MatMul', inputs, { transpose_a: a, transpose_b: b });
  return op('BatchMatMulV2', inputs, { adj_x: a, adj_y: b });
};

function normAttributes(attributes: Attributes, training: boolean) {
  return {
    U: typeOf('float32'),
    epsilon: float(attributes.epsilon as number),
    data_format: text('NHWC'),
    is_training: bool(training),
  };
}

const emitBatchNormTraining: Emitter = ({ op, inputs, attributes }) =>
  op(
    'FusedBatchNormV3',
    inputs,
    {
      ...normAttributes(attributes, true),
      exponential_avg_factor: float(attributes.momentum as number),
    },
    6,
  );

const emitBatchNormGradient: Emitter = ({ op, inputs, attributes }) =>
  op('FusedBatchNormGradV3', inputs, normAttributes(attributes, true), 5).slice(0, 3);

const emitBatchNormInference: Emitter = ({ op, inputs, attributes }) =>
  op('FusedBatchNormV3', inputs, normAttributes(attributes, false), 6).slice(0, 1);

function multiplyAdd({ op }: EmitContext, a: TfTensor, b: TfTensor, c: TfTensor): TfTensor {
  return op('AddV2', [op('Mul', [a, b])[0]!, c])[0]!;
}

/** Out-of-place form, for results that do not go straight back to their variables. */
const emitMomentumUpdate: Emitter = (context) => {
  const {
    op,
    inputs: [weight, buffer, gradient, rate],
    attributes,
    floatConstant,
  } = context;
  const momentum = floatConstant(attributes.momentum as number);
  const next = multiplyAdd(context, momentum, buffer!, gradient!);
  const direction = attributes.nesterov ? multiplyAdd(context, momentum, next, gradient!) : next;
  return [op('Sub', [weight!, op('Mul', [rate!, direction])[0]!])[0]!, next];
};

/** Out-of-place form, for results that do not go straight back to their variables. */
const emitAdamUpdate: Emitter = (context) => {
  const {
    op,
    inputs: [weight, first, second, gradient, alpha, epsilon],
    attributes,
    floatConstant,
  } = context;
  const rest = (beta: unknown) => floatConstant(Math.fround(1 - Math.fround(beta as number)));
  const towards = (from: TfTensor, to: TfTensor, beta: unknown) =>
    multiplyAdd(context, rest(beta), op('Sub', [to, from])[0]!, from);
  const m = towards(first!, gradient!, attributes.beta1);
  const v = towards(second!, op('Square', [gradient!])[0]!, attributes.beta2);
  const root = op('AddV2', [op('Sqrt', [v])[0]!, epsilon!])[0]!;
  const step = op('RealDiv', [op('Mul', [alpha!, m])[0]!, root])[0]!;
  return [op('Sub', [weight!, step])[0]!, m, v];
};

/** Matrix products, norms, losses and optimizer steps. */
export const learningEmitters: Readonly<Record<string, Emitter>> = {
  matMul: emitMatMul,
  batchNormTraining: emitBatchNormTraining,
  batchNormGradient: emitBatchNormGradient,
  batchNormInference: emitBatchNormInference,
  softmax: ({ op, inputs }) => op('Softmax', inputs),
  logSoftmax: ({ op, inputs }) => op('LogSoftmax', inputs),
  softmaxCrossEntropy: ({ op, inputs }) =>
    op('SparseSoftmaxCrossEntropyWithLogits', inputs, { Tlabels: typeOf('int32') }, 2),
  momentumUpdate: emitMomentumUpdate,
  adamUpdate: emitAdamUpdate,
};
