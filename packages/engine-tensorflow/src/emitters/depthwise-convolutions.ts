import { geometryOf, multiplyDims } from '@pare/graph';
import { typeOf } from '../graphdef/tf-attribute.ts';
import { filterGradient, inputGradient } from './convolutions.ts';
import { windowAttributes } from './window-attributes.ts';
import type { Attributes, Shape } from '@pare/graph';
import type { TfAttribute } from '../graphdef/tf-attribute.ts';
import type { EmitContext, Emitter } from '../graphdef/program-emitter.ts';
import type { TfTensor } from '../graphdef/graph-def.ts';

/** TensorFlow's depthwise kernels know neither dilation nor unequal strides; a grouped convolution does. */
function needsGroups(attributes: Attributes): boolean {
  const { strides, dilations } = geometryOf(attributes);
  return strides[0] !== strides[1] || dilations.some((d) => d !== 1);
}

function depthwiseWindow(attributes: Attributes): Record<string, TfAttribute> {
  const padded = geometryOf(attributes).pads.some((p) => p !== 0);
  return windowAttributes(attributes, padded ? 'EXPLICIT' : 'VALID');
}

/** A depthwise filter [kh, kw, c, m] as a grouped one [kh, kw, 1, c * m]: the same elements in the same order. */
function groupedShape(filter: Shape): Shape {
  const [kh, kw, channels, multiplier] = filter;
  return [kh!, kw!, 1, multiplyDims(channels!, multiplier!)];
}

function regroup({ op, reshapeTarget }: EmitContext, filter: TfTensor, shape: Shape): TfTensor {
  return op('Reshape', [filter, reshapeTarget(shape)], { Tshape: typeOf('int32') })[0]!;
}

const emitDepthwise: Emitter = (context) => {
  const { op, inputs, node, attributes } = context;
  const window = depthwiseWindow(attributes);
  if (!needsGroups(attributes)) return op('DepthwiseConv2dNative', inputs, window);
  return op(
    'Conv2D',
    [inputs[0]!, regroup(context, inputs[1]!, groupedShape(node.inputs[1]!.shape))],
    window,
  );
};

const emitInputGradient: Emitter = (context) => {
  const {
    op,
    inputs: [dy, filter],
    node,
    attributes,
    shape,
  } = context;
  const image = attributes.shape as Shape;
  if (!needsGroups(attributes)) {
    return op(
      'DepthwiseConv2dNativeBackpropInput',
      [shape(image), filter!, dy!],
      depthwiseWindow(attributes),
    );
  }
  const grouped = groupedShape(node.inputs[1]!.shape);
  return [inputGradient(context, dy!, regroup(context, filter!, grouped), grouped, image)];
};

const emitFilterGradient: Emitter = (context) => {
  const {
    op,
    inputs: [x, dy],
    node,
    attributes,
    shape,
  } = context;
  const filter = attributes.shape as Shape;
  if (!needsGroups(attributes)) {
    return op(
      'DepthwiseConv2dNativeBackpropFilter',
      [x!, shape(filter), dy!],
      depthwiseWindow(attributes),
    );
  }
  const gradient = filterGradient(context, x!, dy!, groupedShape(filter), node.inputs[0]!.shape);
  return [regroup(context, gradient, filter)];
};

/** Depthwise convolution and its gradients. */
export const depthwiseEmitters: Readonly<Record<string, Emitter>> = {
  depthwiseConv2d: emitDepthwise,
  depthwiseConv2dInputGradient: emitInputGradient,
  depthwiseConv2dFilterGradient: emitFilterGradient,
};
