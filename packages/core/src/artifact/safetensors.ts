import { PareError } from '../errors/pare-error.ts';
import { elementTypes } from './element-types.ts';
import type { SafetensorsData, SafetensorsType } from './element-types.ts';

/** A tensor of a safetensors file. */
export interface SafetensorsTensor {
  readonly dtype: SafetensorsType;
  readonly shape: readonly number[];
  readonly data: SafetensorsData;
}

/** Contents of a safetensors file. */
export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, SafetensorsTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Entry {
  readonly dtype: SafetensorsType;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const elementBytes = (dtype: SafetensorsType) => elementTypes[dtype].BYTES_PER_ELEMENT;
const count = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const bytesOf = ({ data }: SafetensorsTensor) =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/**
 * Chunks of a safetensors file: header length (u64, little-endian), JSON header padded to 8 bytes, data. Wide types come
 * first, so every tensor is aligned to its elements although the format allows no gaps.
 */
export function encodeSafetensors({ tensors, metadata }: SafetensorsFile): Uint8Array[] {
  const ordered = [...tensors].sort(
    ([, a], [, b]) => elementBytes(b.dtype) - elementBytes(a.dtype),
  );
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const [name, { dtype, shape, data }] of ordered) {
    if (name === '__metadata__' || data.length !== count(shape)) {
      throw new PareError(
        'BAD_SAFETENSORS',
        `Cannot store the tensor "${name}": ${data.length} elements do not fit the shape [${shape.join(', ')}], or the name is reserved.`,
      );
    }
    header[name] = { dtype, shape, data_offsets: [end, end + data.byteLength] };
    end += data.byteLength;
  }
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.alloc(Math.ceil(json.length / 8) * 8, ' ');
  json.copy(padded);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return [length, padded, ...ordered.map(([, tensor]) => bytesOf(tensor))];
}

/** Reads a safetensors file; everything is checked, and BAD_SAFETENSORS says what is wrong with `source`. */
export function decodeSafetensors(bytes: Uint8Array, source: string): SafetensorsFile {
  const fail = (what: string): never => {
    throw new PareError(
      'BAD_SAFETENSORS',
      `${source} is no valid safetensors file: ${what}. It may be damaged or cut off.`,
    );
  };
  if (bytes.length < 8) fail(`expected at least 8 bytes; received ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const headerBytes = Number(view.getBigUint64(0, true));
  const start = 8 + headerBytes;
  if (start > bytes.length)
    fail(`the header should have ${headerBytes} bytes; the file has ${bytes.length} in all`);
  const header = parseHeader(bytes.subarray(8, start), fail);
  const { __metadata__: metadata = {}, ...entries } = header;
  checkMetadata(metadata, fail);
  const checked = Object.entries(entries).map(
    ([name, entry]) => [name, checkEntry(name, entry, fail)] as const,
  );
  checkLayout(checked, bytes.length - start, fail);
  const tensors = new Map(
    checked.map(
      ([
        name,
        {
          dtype,
          shape,
          data_offsets: [from, to],
        },
      ]) => {
        // A copy: aligned, and the tensor does not keep the whole file alive.
        const data = new Uint8Array(bytes.subarray(start + from, start + to));
        return [
          name,
          {
            dtype,
            shape,
            data: new elementTypes[dtype](data.buffer, 0, count(shape)),
          },
        ] as const;
      },
    ),
  );
  return { tensors, metadata: metadata as Record<string, string> };
}

type Fail = (what: string) => never;

function parseHeader(bytes: Uint8Array, fail: Fail): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof header === 'object' && header !== null && !Array.isArray(header)) {
      return header as Record<string, unknown>;
    }
  } catch {
    // Reported below, with the other kinds of wrong header.
  }
  return fail('the header is no JSON object');
}

function checkMetadata(metadata: unknown, fail: Fail): void {
  const isObject = typeof metadata === 'object' && metadata !== null;
  if (!isObject || Object.values(metadata).some((value) => typeof value !== 'string')) {
    fail('__metadata__ must hold texts only');
  }
}

const isSize = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;
const isSizes = (value: unknown): value is number[] => Array.isArray(value) && value.every(isSize);

function checkEntry(name: string, value: unknown, fail: Fail): Entry {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Record<string, unknown>;
  if (typeof dtype !== 'string' || !Object.hasOwn(elementTypes, dtype)) {
    return fail(
      `tensor "${name}" has the type ${JSON.stringify(dtype)}; expected one of ${Object.keys(elementTypes).join(', ')}`,
    );
  }
  if (!isSizes(shape)) return fail(`tensor "${name}" has the shape ${JSON.stringify(shape)}`);
  if (!isSizes(offsets) || offsets.length !== 2 || offsets[0]! > offsets[1]!) {
    return fail(`tensor "${name}" has the offsets ${JSON.stringify(offsets)}`);
  }
  const expected = count(shape) * elementBytes(dtype as SafetensorsType);
  if (offsets[1]! - offsets[0]! !== expected) {
    fail(
      `tensor "${name}" (${dtype} [${shape.join(', ')}]) needs ${expected} bytes; received ${offsets[1]! - offsets[0]!}`,
    );
  }
  return value as Entry;
}

function checkLayout(
  entries: readonly (readonly [string, Entry])[],
  dataBytes: number,
  fail: Fail,
): void {
  let end = 0;
  const ordered = [...entries].sort(
    ([, a], [, b]) =>
      a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  );
  for (const [
    name,
    {
      data_offsets: [from, to],
    },
  ] of ordered) {
    if (from !== end)
      fail(`tensor "${name}" ${from < end ? 'overlaps another one' : 'leaves a gap before it'}`);
    end = to;
  }
  if (end !== dataBytes) fail(`expected ${end} bytes of data; received ${dataBytes}`);
}
