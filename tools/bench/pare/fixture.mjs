import { readFileSync, writeFileSync } from 'node:fs';

const bytes = (array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength);

/**
 * Writes tensors to `<path>.bin` (little-endian, one after the other) and `<path>.json` (what they are, `offset` and
 * `length` in elements of 4 bytes).
 */
export function writeFixture(path, tensors) {
  let offset = 0;
  const entries = tensors.map(({ data, ...rest }) => {
    const entry = { ...rest, offset, length: data.length };
    offset += data.length;
    return entry;
  });
  writeFileSync(`${path}.bin`, Buffer.concat(tensors.map(({ data }) => bytes(data))));
  writeFileSync(`${path}.json`, JSON.stringify({ tensors: entries }));
}

/** Tensors of a fixture by name, as engines take them. */
export function readFixture(path) {
  const { tensors } = JSON.parse(readFileSync(`${path}.json`, 'utf8'));
  const { buffer, byteOffset } = readFileSync(`${path}.bin`);
  return new Map(
    tensors.map(({ name, dtype, shape, offset, length }) => {
      const Values = dtype === 'int32' ? Int32Array : Float32Array;
      const data = new Values(buffer, byteOffset + 4 * offset, length).slice();
      return [name, { dtype, shape, data }];
    }),
  );
}
