import { truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { PareError } from '@pare/core';
import fc from 'fast-check';
import { openLmdb } from './open-lmdb.ts';
import { fixtureBytes, temporaryFile, unpackFixture } from './testing/unpack-fixture.ts';

const PAGE = 4096;

async function failure(run: Promise<unknown>): Promise<PareError> {
  try {
    await run;
  } catch (error) {
    if (error instanceof PareError) return error;
    throw error;
  }
  throw new Error('expected a PareError');
}

/** Opens a fixture that was changed, in both meta pages alike if `metas` is given. */
async function openChanged(
  change: (bytes: Buffer) => Buffer | void,
  metas?: (meta: Buffer) => void,
) {
  const bytes = fixtureBytes('tree');
  const changed = change(bytes) ?? bytes;
  if (metas) [changed, changed.subarray(PAGE)].forEach(metas);
  return openLmdb(temporaryFile(changed));
}

const changeMetas = (change: (meta: Buffer) => void) => openChanged(() => {}, change);

async function readAll(path: string): Promise<void> {
  const reader = await openLmdb(path);
  try {
    for await (const key of reader.keys()) await reader.get(key);
  } finally {
    await reader.close();
  }
}

describe('what is no LMDB file that can be read', () => {
  test('is not there', async () => {
    const path = join(tmpdir(), 'pare-no-such-file.lmdb');
    const error = await failure(openLmdb(path));
    expect(error.code).toBe('DATASET_FILE_NOT_FOUND');
    expect(error.message).toContain(
      `${path}: there is no LMDB file, and no folder with a data.mdb`,
    );
  });

  test('begins with other bytes', async () => {
    const error = await failure(openLmdb(temporaryFile(Buffer.alloc(9000, 'GIF89a'))));
    expect(error.code).toBe('LMDB_BAD_MAGIC');
    expect(error.message).toContain('bytes 16 to 19 must be dec0efbe; they are');
  });

  test.each([0, 10, 100])('has only %d bytes', async (length) => {
    const error = await failure(openChanged((bytes) => bytes.subarray(0, length)));
    expect(error.code).toBe('LMDB_TRUNCATED');
    expect(error.message).toContain(`has 152 bytes; ${length} are there. The file is cut off`);
  });

  test.each([
    ['version 2, of lmdb-js,', (meta: Buffer) => meta.writeUInt32LE(2, 20), 'in version 2 of the'],
    ['a big-endian machine', (meta: Buffer) => meta.swap32(), 'written on a big-endian machine'],
    ['a 32-bit program', (meta: Buffer) => meta.copyWithin(12, 16), 'written by a 32-bit program'],
    ['MDB_REVERSEKEY', (meta: Buffer) => meta.writeUInt16LE(2, 92), 'ordered backwards'],
    ['MDB_DUPSORT', (meta: Buffer) => meta.writeUInt16LE(4, 92), 'several values for a key'],
    ['MDB_INTEGERKEY', (meta: Buffer) => meta.writeUInt16LE(8, 92), 'binary integers for keys'],
  ])('is of %s', async (_, change, message) => {
    const error = await failure(changeMetas((meta) => void change(meta.subarray(0, PAGE))));
    expect(error.code).toBe('LMDB_UNSUPPORTED');
    expect(error.message).toContain(message);
  });

  test.each([0, 512, 6000, 2 ** 20])('has pages of %d bytes', async (size) => {
    const error = await failure(changeMetas((meta) => void meta.writeUInt32LE(size, 40)));
    expect(error.code).toBe('LMDB_DAMAGED');
    expect(error.message).toContain(`from 4096 to 65536; it is ${size}`);
  });
});

test('a database within the file is told so when it is read', async () => {
  const reader = await openLmdb(unpackFixture('sub-database'));
  const error = await failure(reader.get(Buffer.from('train')));
  await reader.close();
  expect(error.code).toBe('LMDB_UNSUPPORTED');
  expect(error.message).toContain('"train" is a database within the file');
});

test('reads after close() are refused, and closing twice is not', async () => {
  const reader = await openLmdb(unpackFixture('tree'));
  await reader.close();
  await reader.close();
  expect((await failure(reader.get(Buffer.from('0')))).code).toBe('LMDB_CLOSED');
});

describe('a file that is cut off', () => {
  test('before its root is told so when it is opened', async () => {
    const error = await failure(openChanged((bytes) => bytes.subarray(0, 3 * PAGE)));
    expect(error.code).toBe('LMDB_TRUNCATED');
    expect(error.message).toMatch(/needs 4096 bytes at byte \d+ \(page \d+\); 0 are there/);
  });

  test('anywhere is told so when what is missing is read', async () => {
    const whole = fixtureBytes('images');
    const path = temporaryFile(whole);
    await readAll(path);
    // The newest state does without the last page, so its absence is no damage.
    truncateSync(path, whole.length - PAGE);
    await readAll(path);
    for (let length = whole.length - 2 * PAGE; length > 0; length -= 5 * PAGE + 1) {
      truncateSync(path, length);
      expect((await failure(readAll(path))).code).toBe('LMDB_TRUNCATED');
    }
  });
});

describe('a file that is damaged', () => {
  const { root } = rootOf(fixtureBytes('tree'));

  test.each([
    ['number', 0, 'it must call itself'],
    ['kind', 10, 'its kind 0x8 is unknown'],
    ['list of keys', 13, 'its list of keys ends at byte'],
  ])('in the %s of its root is told so', async (_, at, message) => {
    const error = await failure(
      openChanged((bytes) => void bytes.writeUInt8(at === 10 ? 8 : 255, root * PAGE + at)),
    );
    expect(error.code).toBe('LMDB_DAMAGED');
    expect(error.message).toContain(message);
  });

  test('so that it leads to pages that no state had is told so', async () => {
    const error = await failure(changeMetas((meta) => void meta.writeBigUInt64LE(2n ** 40n, 128)));
    expect(error.message).toContain(`leads to page ${2 ** 40}; the last one is`);
  });

  test('in some bytes of pages gives values or an error of this reader, never another one', async () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 40 });
    const whole = fixtureBytes('images');
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const bytes = Buffer.from(whole);
        // Offsets near the beginnings of pages, where headers and lists of keys are.
        for (const [where, byte] of changes) {
          bytes[(Math.floor(where / 64) * PAGE + (where % 64)) % bytes.length] = byte;
        }
        try {
          await readAll(temporaryFile(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(PareError);
        }
      }),
      { numRuns: 60 },
    );
  });
});

function rootOf(bytes: Buffer): { root: number } {
  const metas = [0, PAGE].map((at) => ({
    root: Number(bytes.readBigUInt64LE(at + 128)),
    transaction: bytes.readBigUInt64LE(at + 144),
  }));
  return metas.sort((a, b) => Number(b.transaction - a.transaction))[0]!;
}
