import { geometryOf } from '@pare/graph';
import { typeOf } from '../graphdef/tf-attribute.ts';
import { dilatedShape, dilateFilter, pickTaps } from './dilate-filter.ts';
import { paddingOf, windowAttributes } from './window-attributes.ts';
import type { Attributes, Shape } from '@pare/graph';
import type { EmitContext, Emitter } from '../graphdef/program-emitter.ts';
import type { TfTensor } from '../graphdef/graph-def.ts';

const int32 = typeOf('int32');

/** The same context with the dilation taken out, for filters that have been dilated themselves. */
function undilated(context: EmitContext): EmitContext | undefined {
  const { dilations } = geometryOf(context.attributes);
  if (dilations.every((d) => d === 1)) return undefined;
  return { ...context, attributes: { ...context.attributes, dilations: [1, 1] } };
}

function paddedImage(attributes: Attributes, [n, h, w, c]: Shape): Shape {
  const [top, bottom, left, right] = geometryOf(attributes).pads;
  return [n!, (h as number) + top + bottom, (w as number) + left + right, c!];
}

/*
 * Why the detours: oneDNN, which is several times faster than TensorFlow's other kernels, takes gradients with VALID and
 * SAME padding only, so explicitly padded ones are computed on the padded image. The other kernels take no dilation in
 * gradients, so there the filter itself is dilated.
 */

/** Gradient of a convolution (grouped ones too) for its image. */
export function inputGradient(
  context: EmitContext,
  dy: TfTensor,
  filter: TfTensor,
  filterShape: Shape,
  image: Shape,
): TfTensor {
  const plain = undilated(context);
  if (plain) {
    const wide = dilateFilter(context, filter, filterShape);
    return inputGradient(plain, dy, wide, dilatedShape(context.attributes, filterShape), image);
  }
  const { op, attributes, shape, intConstant } = context;
  const padding = paddingOf(attributes, image, filterShape);
  if (padding !== 'EXPLICIT') {
    return op(
      'Conv2DBackpropInput',
      [shape(image), filter, dy],
      windowAttributes(attributes, padding),
    )[0]!;
  }
  const target = shape(paddedImage(attributes, image));
  const padded = op(
    'Conv2DBackpropInput',
    [target, filter, dy],
    windowAttributes(attributes, 'VALID'),
  );
  const { pads } = geometryOf(attributes);
  return op('Slice', [...padded, intConstant([0, pads[0], pads[2], 0]), shape(image)], {
    Index: int32,
  })[0]!;
}

/** Gradient of a convolution (grouped ones too) for its filter. */
export function filterGradient(
  context: EmitContext,
  x: TfTensor,
  dy: TfTensor,
  filterShape: Shape,
  image: Shape,
): TfTensor {
  const plain = undilated(context);
  if (plain) {
    const wide = filterGradient(plain, x, dy, dilatedShape(context.attributes, filterShape), image);
    return pickTaps(context, wide);
  }
  const { op, attributes, shape, intConstant } = context;
  const padding = paddingOf(attributes, image, filterShape);
  if (padding !== 'EXPLICIT') {
    return op(
      'Conv2DBackpropFilter',
      [x, shape(filterShape), dy],
      windowAttributes(attributes, padding),
    )[0]!;
  }
  const pads = [0, 0, ...geometryOf(attributes).pads, 0, 0];
  const pairs = op('Reshape', [intConstant(pads), intConstant([4, 2])], {
    T: int32,
    Tshape: int32,
  });
  const padded = op('Pad', [x, ...pairs], { Tpaddings: int32 });
  return op(
    'Conv2DBackpropFilter',
    [...padded, shape(filterShape), dy],
    windowAttributes(attributes, 'VALID'),
  )[0]!;
}

// Groups follow from the filter's shape.
const emitConv2d: Emitter = ({
  op,
  inputs,
  attributes,
  node: {
    inputs: [x, filter],
  },
}) =>
  op(
    'Conv2D',
    inputs,
    windowAttributes(attributes, paddingOf(attributes, x!.shape, filter!.shape)),
  );

const emitInputGradient: Emitter = (context) => {
  const { inputs, node, attributes } = context;
  return [
    inputGradient(
      context,
      inputs[0]!,
      inputs[1]!,
      node.inputs[1]!.shape,
      attributes.shape as Shape,
    ),
  ];
};

const emitFilterGradient: Emitter = (context) => {
  const { inputs, node, attributes } = context;
  return [
    filterGradient(
      context,
      inputs[0]!,
      inputs[1]!,
      attributes.shape as Shape,
      node.inputs[0]!.shape,
    ),
  ];
};

/** Convolution and its gradients. */
export const convolutionEmitters: Readonly<Record<string, Emitter>> = {
  conv2d: emitConv2d,
  conv2dInputGradient: emitInputGradient,
  conv2dFilterGradient: emitFilterGradient,
};
