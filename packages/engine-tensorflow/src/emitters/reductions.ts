import { bool, typeOf } from '../graphdef/tf-attribute.ts';
import type { EmitContext, Emitter } from '../graphdef/program-emitter.ts';

function reduction(op: string, { inputs, op: add, attributes, intConstant }: EmitContext) {
  return add(op, [...inputs, intConstant(attributes.axes as number[])], {
    Tidx: typeOf('int32'),
    keep_dims: bool(attributes.keepDims === true),
  });
}

/** Sum over everything but the last axis is the gradient of a bias, which has a faster kernel. */
const emitSum: Emitter = (context) => {
  const { node, attributes, inputs, op } = context;
  const x = node.inputs[0]!;
  const isBiasGradient =
    x.dtype === 'float32' &&
    x.shape.length >= 2 &&
    attributes.keepDims !== true &&
    (attributes.axes as number[]).join() ===
      x.shape
        .slice(0, -1)
        .map((_, i) => i)
        .join();
  return isBiasGradient ? op('BiasAddGrad', inputs) : reduction('Sum', context);
};

const emitArgMax: Emitter = ({ inputs, op, attributes, intConstant }) =>
  op('ArgMax', [...inputs, intConstant(attributes.axis as number)], {
    Tidx: typeOf('int32'),
    output_type: typeOf('int32'),
  });

/** Reductions. */
export const reductionEmitters: Readonly<Record<string, Emitter>> = {
  sum: emitSum,
  max: (context) => reduction('Max', context),
  argMax: emitArgMax,
};
