import { bool, typeOf } from '../graphdef/tf-attribute.ts';
import type { DType } from '@pare/graph';
import type { EmitContext, Emitter } from '../graphdef/program-emitter.ts';

const same =
  (op: string): Emitter =>
  ({ op: add, inputs }) =>
    add(op, inputs);

/** Ops without a type attribute. */
const untyped =
  (op: string): Emitter =>
  ({ op: add, inputs }) =>
    add(op, inputs, { T: undefined });

function isBias({ node }: EmitContext): boolean {
  const [a, b] = node.inputs;
  return (
    a!.dtype === 'float32' &&
    a!.shape.length >= 2 &&
    b!.shape.length === 1 &&
    a!.shape.at(-1) === b!.shape[0]
  );
}

/** A vector added to the last axis has kernels of its own, which TensorFlow also fuses into convolutions. */
const emitAdd: Emitter = (context) =>
  context.op(isBias(context) ? 'BiasAdd' : 'AddV2', context.inputs);

const emitCast: Emitter = ({ op, inputs, node, attributes }) =>
  op('Cast', inputs, {
    T: undefined,
    SrcT: typeOf(node.inputs[0]!.dtype),
    DstT: typeOf(attributes.dtype as DType),
  });

const equality =
  (op: string): Emitter =>
  ({ op: add, inputs }) =>
    add(op, inputs, { incompatible_shape_error: bool(true) });

const emitWhere: Emitter = ({ op, inputs, node }) =>
  op('SelectV2', inputs, { T: typeOf(node.inputs[1]!.dtype) });

/** Elementwise ops. */
export const elementwiseEmitters: Readonly<Record<string, Emitter>> = {
  neg: same('Neg'),
  abs: same('Abs'),
  sign: same('Sign'),
  exp: same('Exp'),
  log: same('Log'),
  sqrt: same('Sqrt'),
  rsqrt: same('Rsqrt'),
  square: same('Square'),
  sigmoid: same('Sigmoid'),
  tanh: same('Tanh'),
  softplus: same('Softplus'),
  sin: same('Sin'),
  cos: same('Cos'),
  floor: same('Floor'),
  ceil: same('Ceil'),
  // TensorFlow's Round sends halves to the even neighbour.
  round: same('Round'),
  isFinite: same('IsFinite'),
  logicalNot: untyped('LogicalNot'),
  relu: same('Relu'),
  reluGradient: same('ReluGrad'),
  add: emitAdd,
  sub: same('Sub'),
  mul: same('Mul'),
  div: same('RealDiv'),
  pow: same('Pow'),
  maximum: same('Maximum'),
  minimum: same('Minimum'),
  equal: equality('Equal'),
  notEqual: equality('NotEqual'),
  greater: same('Greater'),
  greaterEqual: same('GreaterEqual'),
  less: same('Less'),
  lessEqual: same('LessEqual'),
  logicalAnd: untyped('LogicalAnd'),
  logicalOr: untyped('LogicalOr'),
  where: emitWhere,
  cast: emitCast,
};
