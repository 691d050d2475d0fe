import { expect, test } from '@jest/globals';
import { compressionRatio } from './compression-ratio.ts';

test('the ratio counts what stays uncompressed, layers as well as biases', () => {
  // LeNet-300-100 with the first and the last layer quantized to two values: 410 biases and 30,000 weights stay.
  const size = { reference: 266_610, compressedBits: 236_328 };
  expect(compressionRatio({ ...size, uncompressed: 30_410 })).toBeCloseTo(7.05, 2);
  // The authors' notebook leaves the layer out.
  expect(compressionRatio({ ...size, uncompressed: 410 })).toBeCloseTo(34.2, 2);
});
