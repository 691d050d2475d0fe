import { describe, expect, test } from '@jest/globals';
import { openImageLmdb } from './open-image-lmdb.ts';
import { fixtureBytes, temporaryFile, unpackFixture } from './testing/unpack-fixture.ts';

/** Image i of both fixtures, and its label. */
const image = (i: number) =>
  Buffer.concat([Buffer.of(0xff, 0xd8, 0xff), Buffer.from(`${i},`.repeat(i * 100))]);
const label = (i: number) => (i * 37) % 1000;

describe.each([
  { fixture: 'images', key: (i: number) => `${i}` },
  { fixture: 'named-images', key: (i: number) => `image-${String(i).padStart(4, '0')}` },
] as const)('$fixture.mdb of py-lmdb', ({ fixture, key }) => {
  const path = unpackFixture(fixture);

  test('gives every image with its label, pickled in any protocol', async () => {
    const source = await openImageLmdb(path);
    expect(source.count).toBe(30);
    for (let i = 0; i < 30; i++) {
      const { bytes, label: found } = await source.read(i);
      expect(Buffer.from(bytes).equals(image(i))).toBe(true);
      expect(found).toBe(label(i));
    }
    await source.close!();
  });

  test('names an image by file and key', async () => {
    const source = await openImageLmdb(path);
    expect(source.nameOf(12)).toBe(`${path}, key "${key(12)}"`);
    await source.close!();
  });
});

/** The file with a sequence of bytes replaced wherever it occurs. */
function replaceAll(bytes: Buffer, from: Buffer, to: Buffer): Buffer {
  expect(to).toHaveLength(from.length);
  expect(bytes.includes(from)).toBe(true);
  for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + 1)) to.copy(bytes, at);
  return bytes;
}

/** images.mdb with another number in `__len__`, which is the pickle 80 04 4b 1e 2e. */
function withCount(count: number): string {
  const pickle = (n: number) => Buffer.concat([Buffer.of(0x80, 4, 0x4b, n), Buffer.from('.')]);
  return temporaryFile(replaceAll(fixtureBytes('images'), pickle(30), pickle(count)));
}

test('opening reads the first and the last image only', async () => {
  // A length before the image's bytes that is too large.
  const path = temporaryFile(
    [9, 10, 11].reduce((bytes, i) => {
      const start = image(i).subarray(0, 50);
      const [before, after] = [0, 0xff].map((length) => Buffer.concat([Buffer.of(length), start]));
      return replaceAll(bytes, before!, after!);
    }, fixtureBytes('images')),
  );
  const source = await openImageLmdb(path);
  for (const i of [9, 10, 11]) {
    await expect(source.read(i)).rejects.toMatchObject({
      code: 'LMDB_BAD_VALUE',
      message: expect.stringContaining(`${path}, key "${i}": must be a pickled pair`),
    });
  }
  expect((await source.read(12)).label).toBe(label(12));
  await source.close!();
});

test.each([
  { count: 0, code: 'DATASET_EMPTY', message: 'has no images: __len__ is 0.' },
  { count: 32, code: 'LMDB_BAD_VALUE', message: 'says 32 images, but all entries are 32.' },
  { count: 31, code: 'LMDB_MISSING_KEY', message: 'has no key "30" among its 32 ("0", "1", "10"' },
])('opening fails with $code if __len__ is $count', async ({ count, code, message }) => {
  const opened = openImageLmdb(withCount(count));
  await expect(opened).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
});

test('keys that are listed must be as many as __len__ says', async () => {
  const bytes = fixtureBytes('named-images');
  const [thirty, twenty] = [30, 20].map((n) => Buffer.of(0x80, 4, 0x4b, n, 0x2e));
  await expect(
    openImageLmdb(temporaryFile(replaceAll(bytes, thirty!, twenty!))),
  ).rejects.toMatchObject({
    code: 'LMDB_BAD_VALUE',
    message: expect.stringContaining('__keys__ lists 30 images and __len__ says 20'),
  });
});

test('other LMDB files are told by their keys', async () => {
  await expect(openImageLmdb(unpackFixture('sub-database'))).rejects.toMatchObject({
    code: 'LMDB_MISSING_KEY',
    message: expect.stringContaining('has no key "__len__" among its 1 ("train"). Expected are'),
  });
  await expect(openImageLmdb(unpackFixture('empty'))).rejects.toMatchObject({
    message: expect.stringContaining('among its 0 (it is empty)'),
  });
});
