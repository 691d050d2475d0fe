import { toTensorData } from '@pare/graph';
import { int, tensor, typeOf } from '../graphdef/tf-attribute.ts';
import type { Dim, DType, Shape, TensorData } from '@pare/graph';
import type { EmitContext, Emitter } from '../graphdef/program-emitter.ts';
import type { TfTensor } from '../graphdef/graph-def.ts';

const int32 = typeOf('int32');

const writeConstant = (
  op: EmitContext['op'],
  dtype: DType,
  shape: readonly number[],
  data: TensorData,
): TfTensor[] =>
  op('Const', [], { T: undefined, dtype: typeOf(dtype), value: tensor(dtype, shape, data) });

const emitConstant: Emitter = ({ op, attributes }) => {
  const { dtype, shape, data } = attributes as { dtype: DType; shape: number[]; data: TensorData };
  return writeConstant(op, dtype, shape, data);
};

const emitBroadcastTo: Emitter = ({ op, inputs, node, attributes, shape }) => {
  const target = shape(attributes.shape as Shape);
  if (node.inputs[0]!.shape.length === 0)
    return op('Fill', [target, ...inputs], { index_type: int32 });
  return op('BroadcastTo', [...inputs, target], { Tidx: int32 });
};

const emitPad: Emitter = ({ op, inputs, attributes, node, shape, intConstant }) => {
  const paddings = (attributes.paddings as readonly (readonly [Dim, Dim])[]).flat();
  const pairs = op('Reshape', [shape(paddings), intConstant([paddings.length / 2, 2])], {
    T: int32,
    Tshape: int32,
  });
  const value = attributes.value as number;
  if (value === 0) return op('Pad', [...inputs, ...pairs], { Tpaddings: int32 });
  const { dtype } = node.inputs[0]!;
  const fill = writeConstant(op, dtype, [], toTensorData([value], dtype));
  return op('PadV2', [...inputs, ...pairs, ...fill], { Tpaddings: int32 });
};

const emitSlice: Emitter = ({ op, inputs, attributes, shape }) =>
  op('Slice', [...inputs, shape(attributes.begin as Shape), shape(attributes.size as Shape)], {
    Index: int32,
  });

const emitConcat: Emitter = ({ op, inputs, attributes, intConstant }) =>
  op('ConcatV2', [...inputs, intConstant(attributes.axis as number)], {
    N: int(inputs.length),
    Tidx: int32,
  });

function gather(
  { op, node, intConstant }: EmitContext,
  x: TfTensor,
  indices: TfTensor,
  axis: number,
): TfTensor[] {
  const dtype = typeOf(node.inputs[0]!.dtype);
  return op('GatherV2', [x, indices, intConstant(axis)], {
    T: undefined,
    Tparams: dtype,
    Tindices: int32,
    Taxis: int32,
  });
}

const emitKthLargest: Emitter = (context) => {
  const { op, inputs, intConstant } = context;
  const [values] = op('TopKV2', inputs, {}, 2);
  const last = op('Sub', [inputs[1]!, intConstant(1)], { T: int32 });
  return gather(context, values!, last[0]!, 0);
};

const emitRange: Emitter = ({ op, attributes, dim, intConstant }) =>
  op('Range', [intConstant(0), dim(attributes.size as Dim), intConstant(1)], {
    T: undefined,
    Tidx: int32,
  });

const emitDimValue: Emitter = ({ op, attributes, dim }) => {
  const value = dim(attributes.dim as Dim);
  if (attributes.dtype === 'int32') return [value];
  return op('Cast', [value], { T: undefined, SrcT: int32, DstT: typeOf('float32') });
};

/** Ops that move elements, and their sources. */
export const shapeEmitters: Readonly<Record<string, Emitter>> = {
  constant: emitConstant,
  reshape: ({ op, inputs, attributes, reshapeTarget }) =>
    op('Reshape', [...inputs, reshapeTarget(attributes.shape as Shape)], { Tshape: int32 }),
  broadcastTo: emitBroadcastTo,
  transpose: ({ op, inputs, attributes, intConstant }) =>
    op('Transpose', [...inputs, intConstant(attributes.permutation as number[])], { Tperm: int32 }),
  pad: emitPad,
  slice: emitSlice,
  concat: emitConcat,
  gather: (context) =>
    gather(context, context.inputs[0]!, context.inputs[1]!, context.attributes.axis as number),
  segmentSum: ({ op, inputs, attributes, dim }) =>
    op('UnsortedSegmentSum', [...inputs, dim(attributes.segments as Dim)], {
      Tindices: int32,
      Tnumsegments: int32,
    }),
  oneHot: ({ op, inputs, attributes, intConstant, floatConstant }) =>
    op(
      'OneHot',
      [...inputs, intConstant(attributes.depth as number), floatConstant(1), floatConstant(0)],
      {
        T: typeOf('float32'),
        TI: int32,
        axis: int(-1),
      },
    ),
  range: emitRange,
  dimValue: emitDimValue,
  topK: ({ op, inputs, attributes, dim }) =>
    op('TopKV2', [...inputs, dim(attributes.k as Dim)], {}, 2),
  kthLargest: emitKthLargest,
  randomUniform: ({ op, inputs, attributes, shape }) =>
    op('StatelessRandomUniform', [shape(attributes.shape as Shape), ...inputs], {
      T: int32,
      Tseed: int32,
      dtype: typeOf('float32'),
    }),
};
