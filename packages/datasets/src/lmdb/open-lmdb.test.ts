import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openLmdb } from './open-lmdb.ts';
import { fixtureBytes, temporaryFile, unpackFixture } from './testing/unpack-fixture.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** Key and value of entry i, as fixtures/README.md has them. */
const key = (i: number) =>
  Buffer.concat([Buffer.of(i & 255, i >> 8), Buffer.alloc((i * 37) % 510, letters[i % 26])]);
const value = (i: number) =>
  Buffer.from(`${i},`.repeat(20_000).slice(0, i % 20 === 0 ? (i * 997) % 20_001 : i % 97));

/** What is left of `count` entries: every fifth was deleted, every seventh written again. */
function expectedEntries(count: number): Map<string, Buffer> {
  const left = Array.from({ length: count }, (_, i) => i).filter((i) => i % 5 !== 1);
  return new Map(left.map((i) => [key(i).toString('hex'), value(i % 7 === 0 ? i + count : i)]));
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe.each([
  { fixture: 'tree', count: 600 },
  { fixture: 'tree-16k', count: 300 },
] as const)('$fixture.mdb of py-lmdb', ({ fixture, count }) => {
  const path = unpackFixture(fixture);
  const expected = expectedEntries(count);

  test('has every key with the value that was written last, of 0 to 20 kB', async () => {
    const reader = await openLmdb(path);
    expect(reader.entries).toBe(expected.size);
    const sizes = new Set<number>();
    for (const [hex, bytes] of expected) {
      const found = (await reader.get(Buffer.from(hex, 'hex')))!;
      expect(found.constructor).toBe(Uint8Array);
      expect(digest(found)).toBe(digest(bytes));
      sizes.add(found.length);
    }
    await reader.close();
    expect(Math.min(...sizes)).toBe(0);
    expect(Math.max(...sizes)).toBeGreaterThan(19_000);
  });

  test('has no other key', async () => {
    const reader = await openLmdb(path);
    const known = [...expected.keys()].map((hex) => Buffer.from(hex, 'hex'));
    const near = fc.tuple(fc.constantFrom(...known), fc.nat(512), fc.uint8Array({ maxLength: 3 }));
    const far = fc.uint8Array({ maxLength: 520 });
    const keys = fc.oneof(
      far,
      near.map(([start, length, end]) => Buffer.concat([start.subarray(0, length), end])),
    );
    await fc.assert(
      fc.asyncProperty(keys, async (wanted) => {
        const bytes = expected.get(Buffer.from(wanted).toString('hex'));
        const found = await reader.get(wanted);
        expect(found === undefined).toBe(bytes === undefined);
      }),
      { numRuns: 500 },
    );
    for (let i = 1; i < count; i += 5) expect(await reader.get(key(i))).toBeUndefined();
    await reader.close();
  });

  test('lists its keys in order of bytes', async () => {
    const reader = await openLmdb(path);
    const listed: string[] = [];
    for await (const found of reader.keys()) listed.push(Buffer.from(found).toString('hex'));
    await reader.close();
    expect(listed).toEqual([...expected.keys()].sort());
  });

  test('may be read side by side', async () => {
    const reader = await openLmdb(path);
    const keys = [...expected.keys()];
    const found = await Promise.all(keys.map((hex) => reader.get(Buffer.from(hex, 'hex'))));
    await reader.close();
    expect(found.map((bytes) => digest(bytes!))).toEqual(
      keys.map((hex) => digest(expected.get(hex)!)),
    );
  });
});

test('an environment may be a folder', async () => {
  const file = unpackFixture('images', 'data.mdb');
  const reader = await openLmdb(dirname(file));
  expect(reader.path).toBe(file);
  expect(reader.entries).toBe(32);
  await reader.close();
});

test('an empty environment has no keys', async () => {
  const reader = await openLmdb(unpackFixture('empty'));
  expect(reader.entries).toBe(0);
  expect(await reader.get(Buffer.from('0'))).toBeUndefined();
  for await (const found of reader.keys()) throw new Error(`found ${found.length} bytes`);
  await reader.close();
});

test('the newer one of the two meta pages counts, wherever it is', async () => {
  // The last commit but one did not write again what the last one did.
  const bytes = fixtureBytes('tree');
  const [older, newer] = [bytes.readBigUInt64LE(144), bytes.readBigUInt64LE(4096 + 144)];
  expect(newer).toBe(older + 1n);
  const read = async (file: Buffer) => {
    const reader = await openLmdb(temporaryFile(file));
    const found = await reader.get(key(7));
    await reader.close();
    return Buffer.from(found!).toString();
  };
  expect(await read(bytes)).toBe(value(607).toString());
  bytes.writeBigUInt64LE(newer + 1n, 144);
  expect(await read(bytes)).toBe(value(7).toString());
});

test('values own their memory', async () => {
  const reader = await openLmdb(unpackFixture('tree'));
  const first = (await reader.get(key(7)))!;
  first.fill(0);
  expect(Buffer.from((await reader.get(key(7)))!)).toEqual(value(607));
  await reader.close();
});
