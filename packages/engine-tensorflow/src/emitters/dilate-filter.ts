import { geometryOf, multiplyDims } from '@pare/graph';
import { int, typeOf } from '../graphdef/tf-attribute.ts';
import type { Attributes, Dim, Shape } from '@pare/graph';
import type { EmitContext } from '../graphdef/program-emitter.ts';
import type { TfTensor } from '../graphdef/graph-def.ts';

const int32 = typeOf('int32');

/** Shape of a filter [kh, kw, in, out] with zeros between its taps. */
export function dilatedShape(attributes: Attributes, [kh, kw, ...channels]: Shape): Dim[] {
  const [dh, dw] = geometryOf(attributes).dilations;
  return [((kh as number) - 1) * dh + 1, ((kw as number) - 1) * dw + 1, ...channels];
}

/** The filter with zeros between its taps: a dilated convolution is a plain one with it. */
export function dilateFilter(
  { op, attributes, reshapeTarget, intConstant, shape }: EmitContext,
  filter: TfTensor,
  filterShape: Shape,
): TfTensor {
  const [dh, dw] = geometryOf(attributes).dilations;
  const [kh, kw, cin, cout] = filterShape as readonly [number, number, Dim, Dim];
  const reshape = (x: TfTensor, to: Shape) =>
    op('Reshape', [x, reshapeTarget(to)], { Tshape: int32 })[0]!;
  const apart = reshape(filter, [kh, 1, kw, 1, multiplyDims(cin, cout)]);
  const gaps = op(
    'Reshape',
    [intConstant([0, 0, 0, dh - 1, 0, 0, 0, dw - 1, 0, 0]), intConstant([5, 2])],
    { T: int32, Tshape: int32 },
  );
  const wide = reshape(op('Pad', [apart, ...gaps], { Tpaddings: int32 })[0]!, [
    kh * dh,
    kw * dw,
    cin,
    cout,
  ]);
  return op(
    'Slice',
    [wide, intConstant([0, 0, 0, 0]), shape(dilatedShape(attributes, filterShape))],
    { Index: int32 },
  )[0]!;
}

/** The taps of a filter with zeros between them: inverse of `dilateFilter`, and its gradient. */
export function pickTaps({ op, attributes, intConstant }: EmitContext, wide: TfTensor): TfTensor {
  const [dh, dw] = geometryOf(attributes).dilations;
  const whole = intConstant([0, 0, 0, 0]);
  return op('StridedSlice', [wide, whole, whole, intConstant([dh, dw, 1, 1])], {
    Index: int32,
    begin_mask: int(0b1111),
    end_mask: int(0b1111),
  })[0]!;
}
