import { GraphError } from '../errors/graph-error.ts';
import { applySingle } from '../ir/apply-op.ts';
import { formatShape } from '../ir/shape.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { DType, TensorData, Value } from '../ir/value.ts';

/** Fixed data of numeric shape, stored in the graph. */
export const constantOp: OpDefinition = {
  name: 'constant',
  stopsGradient: true,
  cost: () => ({ macs: 0, flops: 0 }),
  infer: (_inputs, attributes) => {
    const shape = attributes.shape as readonly number[];
    const dtype = attributes.dtype as DType;
    const data = attributes.data as TensorData;
    const expected = shape.reduce((a, b) => a * b, 1);
    if (data.length !== expected) {
      throw new GraphError(
        'BAD_CONSTANT',
        `constant: shape ${formatShape(shape)} needs ${expected} elements; received ${data.length}.`,
      );
    }
    return [{ shape, dtype }];
  },
};

/** Elements as the typed array of a type. */
export function toTensorData(values: ArrayLike<number>, dtype: DType): TensorData {
  if (dtype === 'float32') return Float32Array.from(values);
  return dtype === 'int32' ? Int32Array.from(values) : Uint8Array.from(values);
}

/** A constant tensor; row-major values, whole numbers where the type is int32. */
export function constant(
  values: ArrayLike<number>,
  shape: readonly number[] = [values.length],
  dtype: DType = 'float32',
): Value {
  const data = toTensorData(values, dtype);
  const lost = dtype === 'int32' ? data.findIndex((value, i) => value !== values[i]) : -1;
  if (lost >= 0) {
    throw new GraphError(
      'BAD_CONSTANT',
      `constant: int32 holds whole numbers from -2^31 to 2^31 - 1; received ${values[lost]}. Use cast() to compute with float32.`,
    );
  }
  return applySingle(constantOp, [], { shape, dtype, data });
}

/** A constant of rank 0. */
export function scalar(value: number, dtype: DType = 'float32'): Value {
  return constant([value], [], dtype);
}
