import { readFileSync, writeFileSync } from 'node:fs';

const bytes = (array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength);

/**
 * Writes tensors to `<path>.bin` (little-endian, one after the other) and `<path>.json` (what they are, `offset` and
 * `length` in elements of 4 bytes), with what else is to be known in `more`.
 */
export function writeFixture(path, tensors, more = {}) {
  let offset = 0;
  const entries = tensors.map(({ data, ...rest }) => {
    const entry = { ...rest, offset, length: data.length };
    offset += data.length;
    return entry;
  });
  writeFileSync(`${path}.bin`, Buffer.concat(tensors.map(({ data }) => bytes(data))));
  writeFileSync(`${path}.json`, JSON.stringify({ ...more, tensors: entries }));
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

/** Weights of a network as entries of a fixture. */
export const weightEntries = ({ parameters }, values) =>
  parameters.map(({ name, layout, flattened }) => ({
    name,
    ...values.get(name),
    layout,
    flattened: flattened ?? null,
  }));
