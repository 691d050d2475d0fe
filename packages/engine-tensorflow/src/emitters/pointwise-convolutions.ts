import { geometryOf, sizeOf } from '@pare/graph';
import { bool, typeOf } from '../graphdef/tf-attribute.ts';
import { convolutionEmitters } from './convolutions.ts';
import { isBias } from './is-bias.ts';
import type { Attributes, Node, Shape } from '@pare/graph';
import type { EmitContext, Emitter } from '../graphdef/program-emitter.ts';
import type { TfTensor } from '../graphdef/graph-def.ts';

/*
 * A 1 x 1 convolution of every pixel is a matrix product of pixels and filter. On CPUs that is faster than the kernels of
 * convolutions, above all for gradients of filters (a quarter to all of their time).
 */

function isPointwise(attributes: Attributes, image: Shape, [h, w, channels]: Shape): boolean {
  const { strides, pads } = geometryOf(attributes);
  const everyPixel = strides.every((s) => s === 1) && pads.every((p) => p === 0);
  return everyPixel && h === 1 && w === 1 && channels === image[3];
}

/** TensorFlow computes these together with a convolution before them, which is better still. */
const joinsConvolution = (node: Node) => isBias(node) || node.op.name === 'batchNormInference';

/** A tensor of shape [..., c] as a matrix with c columns. */
function rows({ op, reshapeTarget }: EmitContext, tensor: TfTensor, shape: Shape): TfTensor {
  const target = reshapeTarget([sizeOf(shape.slice(0, -1)), shape.at(-1)!]);
  return op('Reshape', [tensor, target], { Tshape: typeOf('int32') })[0]!;
}

/** The product of two matrices, in a shape of as many elements. */
function product(
  { op, reshapeTarget }: EmitContext,
  matrices: readonly TfTensor[],
  shape: Shape,
  transposed: { a?: boolean; b?: boolean } = {},
): TfTensor[] {
  const attributes = {
    transpose_a: bool(transposed.a === true),
    transpose_b: bool(transposed.b === true),
  };
  const result = op('MatMul', matrices, attributes);
  return op('Reshape', [...result, reshapeTarget(shape)], { Tshape: typeOf('int32') });
}

const emitConv2d: Emitter = (context) => {
  const { inputs, node, attributes, readers } = context;
  const [image, filter] = node.inputs.map(({ shape }) => shape);
  if (!isPointwise(attributes, image!, filter!) || readers.some(joinsConvolution))
    return convolutionEmitters.conv2d!(context);
  const matrices = [rows(context, inputs[0]!, image!), rows(context, inputs[1]!, filter!)];
  return product(context, matrices, node.outputs[0]!.shape);
};

const emitInputGradient: Emitter = (context) => {
  const { inputs, node, attributes } = context;
  const [dy, filter] = node.inputs.map(({ shape }) => shape);
  const image = attributes.shape as Shape;
  if (!isPointwise(attributes, image, filter!))
    return convolutionEmitters.conv2dInputGradient!(context);
  const matrices = [rows(context, inputs[0]!, dy!), rows(context, inputs[1]!, filter!)];
  return product(context, matrices, image, { b: true });
};

const emitFilterGradient: Emitter = (context) => {
  const { inputs, node, attributes } = context;
  const [image, dy] = node.inputs.map(({ shape }) => shape);
  const filter = attributes.shape as Shape;
  if (!isPointwise(attributes, image!, filter))
    return convolutionEmitters.conv2dFilterGradient!(context);
  const matrices = [rows(context, inputs[0]!, image!), rows(context, inputs[1]!, dy!)];
  return product(context, matrices, filter, { a: true });
};

/** Convolutions and their gradients, with matrix products where they can be. */
export const pointwiseEmitters: Readonly<Record<string, Emitter>> = {
  conv2d: emitConv2d,
  conv2dInputGradient: emitInputGradient,
  conv2dFilterGradient: emitFilterGradient,
};
