import type { HostTensor } from '@pare/core';

/** A number as float32 tensor without dimensions. */
export const floatScalar = (value: number): HostTensor => ({
  dtype: 'float32',
  shape: [],
  data: Float32Array.of(value),
});

/** A whole number as int32 tensor without dimensions. */
export const intScalar = (value: number): HostTensor => ({
  dtype: 'int32',
  shape: [],
  data: Int32Array.of(value),
});
