import { expect, test } from '@jest/globals';
import { largeBuffers } from './large-buffers.ts';

test('large arrays are found anywhere in plain data, each memory once', () => {
  const [one, other] = [new Float32Array(1024), new Uint32Array(1024)];
  const value = { kind: 'sum', parts: [{ u: one }, { v: one, indices: other, scheme: undefined }] };
  expect(largeBuffers(value)).toEqual([one.buffer, other.buffer]);
});

test('small arrays, parts of larger memory and shared memory stay', () => {
  const shared = new Float32Array(new SharedArrayBuffer(8192));
  const value = [new Float32Array(1023), new Float32Array(4096).subarray(1), shared, null, 3];
  expect(largeBuffers(value)).toEqual([]);
});
