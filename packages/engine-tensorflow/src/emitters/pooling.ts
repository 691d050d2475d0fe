import { ints, text } from '../graphdef/tf-attribute.ts';
import type { Attributes, Shape } from '@pare/graph';
import type { TfAttribute } from '../graphdef/tf-attribute.ts';
import type { Emitter } from '../graphdef/program-emitter.ts';

function poolAttributes(attributes: Attributes): Record<string, TfAttribute> {
  return {
    ksize: ints([1, ...(attributes.size as number[]), 1]),
    strides: ints([1, ...(attributes.strides as number[]), 1]),
    padding: text('VALID'),
    data_format: text('NHWC'),
  };
}

const pool =
  (name: string): Emitter =>
  ({ op, inputs, attributes }) =>
    op(name, inputs, poolAttributes(attributes));

/** Pooling and its gradients. */
export const poolingEmitters: Readonly<Record<string, Emitter>> = {
  maxPool: pool('MaxPool'),
  maxPoolGradient: pool('MaxPoolGrad'),
  avgPool: pool('AvgPool'),
  avgPoolGradient: ({ op, inputs, attributes, shape }) =>
    op('AvgPoolGrad', [shape(attributes.shape as Shape), ...inputs], poolAttributes(attributes)),
};
