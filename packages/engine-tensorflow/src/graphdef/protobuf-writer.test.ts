import { describe, expect, test } from '@jest/globals';
import { ProtobufWriter } from './protobuf-writer.ts';

const bytes = (write: (w: ProtobufWriter) => void): number[] => {
  const writer = new ProtobufWriter();
  write(writer);
  return [...writer.finish()];
};

describe('ProtobufWriter', () => {
  test('writes the examples of the protocol-buffer encoding guide', () => {
    expect(bytes((w) => w.integer(1, 150))).toEqual([0x08, 0x96, 0x01]);
    expect(bytes((w) => w.bytes(2, 'testing'))).toEqual([0x12, 7, ...Buffer.from('testing')]);
    expect(bytes((w) => w.message(3, (m) => m.integer(1, 150)))).toEqual([
      0x1a, 3, 0x08, 0x96, 0x01,
    ]);
  });

  test('writes -1 as ten bytes of two’s complement', () => {
    expect(bytes((w) => w.integer(1, -1))).toEqual([0x08, ...Array(9).fill(0xff), 0x01]);
  });

  test('writes floats as four little-endian bytes', () => {
    expect(bytes((w) => w.float(4, 1))).toEqual([0x25, 0, 0, 0x80, 0x3f]);
  });
});
