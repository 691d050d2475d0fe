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

  test('writes every whole number that is safe', () => {
    for (const value of [0, 127, 128, 2 ** 31, 2 ** 32 + 5, Number.MAX_SAFE_INTEGER]) {
      const varint = bytes((w) => w.integer(1, value)).slice(1);
      const read = varint.reduce(
        (sum, byte, i) => sum + BigInt(byte & 127) * 128n ** BigInt(i),
        0n,
      );
      expect(read).toBe(BigInt(value));
      expect(varint.map((byte) => byte > 127)).toEqual(varint.map((_, i) => i < varint.length - 1));
    }
  });

  test('writes messages in messages whose lengths take more than a byte', () => {
    const text = 'ä'.repeat(100);
    const written = bytes((w) =>
      w
        .message(1, (outer) => outer.integer(1, 7).message(2, (inner) => inner.bytes(3, text)))
        .integer(4, 9),
    );
    const inner = [0x1a, 0xc8, 0x01, ...Buffer.from(text)];
    const outer = [0x08, 7, 0x12, 0xcb, 0x01, ...inner];
    expect(written).toEqual([0x0a, 0xd0, 0x01, ...outer, 0x20, 9]);
  });

  test('what is finished stays as it is while more is written', () => {
    const writer = new ProtobufWriter();
    const first = writer.integer(1, 1).finish();
    writer.message(2, (w) => w.bytes(1, 'more'));
    expect([...first]).toEqual([0x08, 1]);
  });

  test('writes floats as four little-endian bytes', () => {
    expect(bytes((w) => w.float(4, 1))).toEqual([0x25, 0, 0, 0x80, 0x3f]);
  });
});
