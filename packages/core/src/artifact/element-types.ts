/** Arrays that hold the elements of a safetensors file, by its names of their types. */
export const elementTypes = {
  F32: Float32Array,
  F64: Float64Array,
  // As bits: there are no typed arrays of these.
  F16: Uint16Array,
  BF16: Uint16Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
  I32: Int32Array,
  U32: Uint32Array,
  I16: Int16Array,
  U16: Uint16Array,
  I8: Int8Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
} as const;

/** Element types that Pare reads; it writes F32, I32, U16, U8 and BOOL. */
export type SafetensorsType = keyof typeof elementTypes;

/** Elements of a tensor. */
export type SafetensorsData =
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;
