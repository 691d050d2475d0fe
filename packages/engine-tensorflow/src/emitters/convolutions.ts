import { geometryOf } from '@pare/graph';
import { ints, text, typeOf } from '../graphdef/tf-attribute.ts';
import type { Attributes, Shape } from '@pare/graph';
import type { TfAttribute } from '../graphdef/tf-attribute.ts';
import type { EmitContext, Emitter } from '../graphdef/program-emitter.ts';
import type { TfTensor } from '../graphdef/graph-def.ts';

const int32 = typeOf('int32');

type Padding = 'VALID' | 'SAME' | 'EXPLICIT';

/** Pads that TensorFlow's SAME gives for an image side: the odd pixel goes to the end. */
function samePads(size: number, window: number, stride: number, dilation: number): [number, number] {
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + (window - 1) * dilation + 1 - size, 0);
  return [Math.floor(total / 2), total - Math.floor(total / 2)];
}

/** The padding mode that says the same as the pads of a convolution. */
function paddingOf(attributes: Attributes, image: Shape, filter: Shape): Padding {
  const { strides, pads, dilations } = geometryOf(attributes);
  if (pads.every((p) => p === 0)) return 'VALID';
  const same = [0, 1].flatMap((i) => samePads(image[i + 1] as number, filter[i] as number, strides[i]!, dilations[i]!));
  return same.every((p, i) => p === pads[i]) ? 'SAME' : 'EXPLICIT';
}

function windowAttributes(attributes: Attributes, padding: Padding): Record<string, TfAttribute> {
  const { strides, pads, dilations } = geometryOf(attributes);
  return {
    strides: ints([1, ...strides, 1]),
    dilations: ints([1, ...dilations, 1]),
    data_format: text('NHWC'),
    padding: text(padding),
    explicit_paddings: ints(padding === 'EXPLICIT' ? [0, 0, ...pads, 0, 0] : []),
  };
}

/** The image's pads as Pad wants them: [[0, 0], [top, bottom], [left, right], [0, 0]]. */
function padTensor({ op, attributes, intConstant }: EmitContext): TfTensor {
  const { pads } = geometryOf(attributes);
  return op('Reshape', [intConstant([0, 0, ...pads, 0, 0]), intConstant([4, 2])], { T: int32, Tshape: int32 })[0]!;
}

function paddedShape(attributes: Attributes, image: Shape): Shape {
  const [top, bottom, left, right] = geometryOf(attributes).pads;
  return [image[0]!, (image[1] as number) + top + bottom, (image[2] as number) + left + right, image[3]!];
}

/*
 * oneDNN, which is several times faster than the other kernels, takes the gradients of convolutions with VALID and SAME
 * padding only. So explicitly padded ones are computed on the padded image.
 */
const emitInputGradient: Emitter = (context) => {
  const { op, inputs: [dy, filter], attributes, node, shape, intConstant } = context;
  const image = attributes.shape as Shape;
  const padding = paddingOf(attributes, image, node.inputs[1]!.shape);
  if (padding !== 'EXPLICIT') {
    return op('Conv2DBackpropInput', [shape(image), filter!, dy!], windowAttributes(attributes, padding));
  }
  const target = shape(paddedShape(attributes, image));
  const padded = op('Conv2DBackpropInput', [target, filter!, dy!], windowAttributes(attributes, 'VALID'));
  const { pads } = geometryOf(attributes);
  return op('Slice', [...padded, intConstant([0, pads[0], pads[2], 0]), shape(image)], { Index: int32 });
};

const emitFilterGradient: Emitter = (context) => {
  const { op, inputs: [x, dy], attributes, node, shape } = context;
  const filter = attributes.shape as Shape;
  const padding = paddingOf(attributes, node.inputs[0]!.shape, filter);
  if (padding !== 'EXPLICIT') {
    return op('Conv2DBackpropFilter', [x!, shape(filter), dy!], windowAttributes(attributes, padding));
  }
  const [padded] = op('Pad', [x!, padTensor(context)], { Tpaddings: int32 });
  return op('Conv2DBackpropFilter', [padded!, shape(filter), dy!], windowAttributes(attributes, 'VALID'));
};

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
  const [kh, kw, channels, multiplier] = filter as readonly number[];
  return [kh!, kw!, 1, channels! * multiplier!];
}

function regroup({ op, reshapeTarget }: EmitContext, filter: TfTensor, shape: Shape): TfTensor {
  return op('Reshape', [filter, reshapeTarget(shape)], { Tshape: int32 })[0]!;
}

const emitDepthwise: Emitter = (context) => {
  const { op, inputs, node, attributes } = context;
  const window = depthwiseWindow(attributes);
  if (!needsGroups(attributes)) return op('DepthwiseConv2dNative', inputs, window);
  const filter = regroup(context, inputs[1]!, groupedShape(node.inputs[1]!.shape));
  return op('Conv2D', [inputs[0]!, filter], window);
};

const emitDepthwiseInputGradient: Emitter = (context) => {
  const { op, inputs, node, attributes, shape } = context;
  const target = shape(attributes.shape as Shape);
  if (!needsGroups(attributes)) {
    return op('DepthwiseConv2dNativeBackpropInput', [target, inputs[1]!, inputs[0]!], depthwiseWindow(attributes));
  }
  const filter = regroup(context, inputs[1]!, groupedShape(node.inputs[1]!.shape));
  return op('Conv2DBackpropInput', [target, filter, inputs[0]!], depthwiseWindow(attributes));
};

const emitDepthwiseFilterGradient: Emitter = (context) => {
  const { op, inputs: [x, dy], attributes, shape } = context;
  const filter = attributes.shape as Shape;
  if (!needsGroups(attributes)) {
    return op('DepthwiseConv2dNativeBackpropFilter', [x!, shape(filter), dy!], depthwiseWindow(attributes));
  }
  const gradient = op('Conv2DBackpropFilter', [x!, shape(groupedShape(filter)), dy!], depthwiseWindow(attributes));
  return [regroup(context, gradient[0]!, filter)];
};

function poolAttributes(attributes: Attributes): Record<string, TfAttribute> {
  return {
    ksize: ints([1, ...(attributes.size as number[]), 1]),
    strides: ints([1, ...(attributes.strides as number[]), 1]),
    padding: text('VALID'),
    data_format: text('NHWC'),
  };
}

/** Convolution and pooling. */
export const convolutionEmitters: Readonly<Record<string, Emitter>> = {
  // Groups follow from the filter's shape.
  conv2d: ({ op, inputs, attributes, node }) =>
    op('Conv2D', inputs, windowAttributes(attributes, paddingOf(attributes, node.inputs[0]!.shape, node.inputs[1]!.shape))),
  conv2dInputGradient: emitInputGradient,
  conv2dFilterGradient: emitFilterGradient,
  depthwiseConv2d: emitDepthwise,
  depthwiseConv2dInputGradient: emitDepthwiseInputGradient,
  depthwiseConv2dFilterGradient: emitDepthwiseFilterGradient,
  maxPool: ({ op, inputs, attributes }) => op('MaxPool', inputs, poolAttributes(attributes)),
  maxPoolGradient: ({ op, inputs, attributes }) => op('MaxPoolGrad', inputs, poolAttributes(attributes)),
  avgPool: ({ op, inputs, attributes }) => op('AvgPool', inputs, poolAttributes(attributes)),
  avgPoolGradient: ({ op, inputs, attributes, shape }) =>
    op('AvgPoolGrad', [shape(attributes.shape as Shape), ...inputs], poolAttributes(attributes)),
};

