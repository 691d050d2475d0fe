/** Wire types of protocol buffers. */
const varintType = 0;
const bytesType = 2;

const floatType = 1;

/**
 * A SavedModel of one op, y = x * x on float32, as the bytes of `saved_model.pb` (tag 'serve').
 * Written out here so that the proof of a library depends on nothing that it should prove.
 */
export function proofGraph(): Uint8Array {
  const typeAttribute = (name: string): Buffer =>
    message(5, text(1, name), message(2, number(6, floatType)));
  const input = message(1, text(1, 'x'), text(2, 'Placeholder'), typeAttribute('dtype'));
  const square = message(1, text(1, 'y'), text(2, 'Square'), text(3, 'x'), typeAttribute('T'));
  const graph = message(2, input, square, message(4, number(1, 1882)));
  return Buffer.concat([number(1, 1), message(2, message(1, text(4, 'serve')), graph)]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  return Buffer.from([...bytes, rest]);
}

function number(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8 + varintType), varint(value)]);
}

function text(field: number, value: string): Buffer {
  return message(field, Buffer.from(value));
}

function message(field: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([varint(field * 8 + bytesType), varint(body.length), body]);
}
