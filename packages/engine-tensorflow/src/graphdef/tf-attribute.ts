import type { DType, TensorData } from '@pare/graph';
import type { ProtobufWriter } from './protobuf-writer.ts';

/** TensorFlow's numbers of our element types (tensorflow/core/framework/types.proto). */
export const dtypeNumbers: Readonly<Record<DType, number>> = { float32: 1, int32: 3, bool: 10 };

/** An attribute of a TensorFlow node. */
export type TfAttribute = (writer: ProtobufWriter) => void;

/** An element type. */
export const typeOf =
  (dtype: DType): TfAttribute =>
  (w) =>
    w.integer(6, dtypeNumbers[dtype]);

/** An integer. */
export const int =
  (value: number): TfAttribute =>
  (w) =>
    w.integer(3, value);

/** A list of integers. */
export const ints =
  (values: readonly number[]): TfAttribute =>
  (w) =>
    w.message(1, (list) => values.forEach((value) => list.integer(3, value)));

/** A 32-bit float. */
export const float =
  (value: number): TfAttribute =>
  (w) =>
    w.float(4, value);

/** A boolean. */
export const bool =
  (value: boolean): TfAttribute =>
  (w) =>
    w.integer(5, value ? 1 : 0);

/** A string. */
export const text =
  (value: string): TfAttribute =>
  (w) =>
    w.bytes(2, value);

function writeShape(writer: ProtobufWriter, shape: readonly number[]): void {
  shape.forEach((size) => writer.message(2, (dim) => dim.integer(1, size)));
}

/** A shape; -1 is unknown. */
export const shapeOf =
  (shape: readonly number[]): TfAttribute =>
  (w) =>
    w.message(7, (message) => writeShape(message, shape));

/** A constant tensor. */
export const tensor =
  (dtype: DType, shape: readonly number[], data: TensorData): TfAttribute =>
  (w) =>
    w.message(8, (message) => {
      message.integer(1, dtypeNumbers[dtype]);
      message.message(2, (inner) => writeShape(inner, shape));
      message.bytes(4, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    });
