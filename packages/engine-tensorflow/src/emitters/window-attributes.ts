import { geometryOf } from '@pare/graph';
import { ints, text } from '../graphdef/tf-attribute.ts';
import type { Attributes, Shape } from '@pare/graph';
import type { TfAttribute } from '../graphdef/tf-attribute.ts';

/** TensorFlow's padding modes. */
export type Padding = 'VALID' | 'SAME' | 'EXPLICIT';

/** Pads that SAME gives an image side: the odd pixel goes to the end. */
function samePads(
  size: number,
  window: number,
  stride: number,
  dilation: number,
): [number, number] {
  const total = Math.max(
    (Math.ceil(size / stride) - 1) * stride + (window - 1) * dilation + 1 - size,
    0,
  );
  return [Math.floor(total / 2), total - Math.floor(total / 2)];
}

/** The padding mode that says the same as the pads of a convolution of an image with a filter. */
export function paddingOf(attributes: Attributes, image: Shape, filter: Shape): Padding {
  const { strides, pads, dilations } = geometryOf(attributes);
  if (pads.every((p) => p === 0)) return 'VALID';
  const same = [0, 1].flatMap((i) =>
    samePads(image[i + 1] as number, filter[i] as number, strides[i]!, dilations[i]!),
  );
  return same.every((p, i) => p === pads[i]) ? 'SAME' : 'EXPLICIT';
}

/** Attributes of Conv2D and its relatives. */
export function windowAttributes(
  attributes: Attributes,
  padding: Padding,
): Record<string, TfAttribute> {
  const { strides, pads, dilations } = geometryOf(attributes);
  return {
    strides: ints([1, ...strides, 1]),
    dilations: ints([1, ...dilations, 1]),
    data_format: text('NHWC'),
    padding: text(padding),
    explicit_paddings: ints(padding === 'EXPLICIT' ? [0, 0, ...pads, 0, 0] : []),
  };
}
