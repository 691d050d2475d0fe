import { sameShape } from '@pare/graph';
import { bool, typeOf } from '../graphdef/tf-attribute.ts';
import { isBias } from './is-bias.ts';
import type { DType, Node } from '@pare/graph';
import type { Emitter } from '../graphdef/program-emitter.ts';

const same =
  (op: string): Emitter =>
  ({ op: add, inputs }) =>
    add(op, inputs);

/** Ops without a type attribute. */
const untyped =
  (op: string): Emitter =>
  ({ op: add, inputs }) =>
    add(op, inputs, { T: undefined });

const emitAdd: Emitter = ({ op, inputs, node }) => op(isBias(node) ? 'BiasAdd' : 'AddV2', inputs);

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

/** One condition for all elements: Select hands a whole operand on, SelectV2 asks at every element. */
function choosesWhole({ inputs: [condition, a, b] }: Node): boolean {
  return condition!.shape.length === 0 && sameShape(a!.shape, b!.shape);
}

const emitWhere: Emitter = ({ op, inputs, node }) =>
  op(choosesWhole(node) ? 'Select' : 'SelectV2', inputs, { T: typeOf(node.inputs[1]!.dtype) });

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
