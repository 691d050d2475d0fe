import { copyFile, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createCifar10 } from './cifar-10.ts';
import { parseCifarPython } from './parse-cifar-python.ts';
import { readTarGz } from './read-tar-gz.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/cifar', import.meta.url));
const binaryNames = [1, 2, 3, 4, 5].map((i) => `data_batch_${i}.bin`).concat('test_batch.bin');
const RECORD = 3073;

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'pare-cifar-'))));
afterEach(() => rm(directory, { recursive: true }));

const create = (options: Parameters<typeof createCifar10>[0] = {}) =>
  createCifar10({ directory, verify: false, ...options });
const failure = (code: string, message: RegExp) => ({
  code,
  message: expect.stringMatching(message),
});

async function newFile(name: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, '');
  return path;
}

/** Unpacks the binary version and changes one file. */
async function withFile(name: string, change: (bytes: Uint8Array) => Uint8Array) {
  const files = await readTarGz(join(fixtures, 'cifar-10-binary.tar.gz'), binaryNames);
  for (const [file, bytes] of files) {
    await writeFile(join(directory, file), file === name ? change(bytes) : bytes);
  }
}

describe('CIFAR-10 is refused', () => {
  test('where nothing is there: names, address and command are said', async () => {
    await expect(create()).rejects.toMatchObject(
      failure(
        'DATASET_FILE_NOT_FOUND',
        /none of these is in .*: cifar-10-binary\.tar\.gz, cifar-10-batches-bin\/, data_batch_1\.bin, cifar-10-python\.tar\.gz, .*pare data fetch cifar-10 \(170 MB\).*https:\/\/www\.cs\.toronto\.edu\/~kriz\/cifar\.html/,
      ),
    );
  });

  test('where both versions are there, until one is chosen', async () => {
    await mkdir(join(directory, 'cifar-10-batches-py'));
    await copyFile(
      join(fixtures, 'cifar-10-binary.tar.gz'),
      join(directory, 'cifar-10-binary.tar.gz'),
    );
    await expect(create()).rejects.toMatchObject(
      failure(
        'DATASET_AMBIGUOUS',
        /both versions .*cifar-10-binary\.tar\.gz and .*cifar-10-batches-py\. Set "format"/,
      ),
    );
    expect((await create({ format: 'binary' })).info.sizes).toEqual({ train: 10, test: 3 });
  });

  test('where a file of the unpacked data set is missing', async () => {
    await withFile('', (bytes) => bytes);
    await rm(join(directory, 'data_batch_3.bin'));
    await expect(create()).rejects.toMatchObject(
      failure('DATASET_FILE_NOT_FOUND', /data_batch_3\.bin: is missing, other files .* are there/),
    );
  });

  test('where an archive lacks a file', async () => {
    const archive = join(directory, 'cifar-10-binary.tar.gz');
    await copyFile(join(fixtures, 'cifar-100-binary.tar.gz'), archive);
    await expect(create()).rejects.toMatchObject(
      failure('DATASET_FILE_NOT_FOUND', /cifar-10-binary\.tar\.gz: has no file data_batch_1\.bin/),
    );
  });

  test.each([
    ['cut off', (bytes: Uint8Array) => bytes.subarray(0, 1500)],
    ['no gzip', () => Buffer.from('<html>Not found</html>')],
    ['changed', (bytes: Uint8Array) => bytes.map((byte, i) => (i === 900 ? byte ^ 255 : byte))],
  ])('where the archive is %s', async (_, change) => {
    const name = 'cifar-10-binary.tar.gz';
    await writeFile(join(directory, name), change(await readFile(join(fixtures, name))));
    await expect(create()).rejects.toMatchObject(
      failure('DATASET_BAD_ARCHIVE', /cifar-10-binary\.tar\.gz: the archive is damaged or cut off/),
    );
  });

  test('where the archive is not the published one, unless verify is false', async () => {
    const options = { directory: fixtures, format: 'python', verify: true } as const;
    await expect(create(options)).rejects.toMatchObject(
      failure(
        'DATASET_CHECKSUM',
        /cifar-10-python\.tar\.gz: has \d+ bytes instead of 170498071\. .*set "verify" to false/,
      ),
    );
  });

  test('where an unpacked file is not the published one, unless verify is false', async () => {
    await withFile('', (bytes) => bytes);
    await expect(create({ verify: true })).rejects.toMatchObject(
      failure('DATASET_CHECKSUM', /data_batch_1\.bin: has 6146 bytes instead of 30730000/),
    );
  });

  test('where content of the right size is not the published one', async () => {
    await truncate(await newFile('cifar-10-binary.tar.gz'), 170_052_171);
    await expect(create({ verify: true })).rejects.toMatchObject(
      failure(
        'DATASET_CHECKSUM',
        /tar\.gz: has MD5 \w{32} instead of c32a1d4ab5d03f1284b67883e8d87530/,
      ),
    );
    await rm(join(directory, 'cifar-10-binary.tar.gz'));
    for (const i of [1, 2, 3, 4, 5]) await newFile(`data_batch_${i}`);
    await newFile('test_batch');
    await expect(create({ verify: true })).rejects.toMatchObject(
      failure('DATASET_CHECKSUM', /data_batch_1: has MD5 \w{32} instead of c99cafc152244af753f/),
    );
  });

  test('where a file does not consist of whole records', async () => {
    await withFile('test_batch.bin', (bytes) => bytes.subarray(0, -1));
    await expect(create()).rejects.toMatchObject(
      failure(
        'CIFAR_RECORD_SIZE',
        /test_batch\.bin: must consist of records of 3073 bytes; 9218 bytes are 2 records and 3072 bytes/,
      ),
    );
  });

  test('where a label is no class number', async () => {
    await withFile('data_batch_2.bin', (bytes) => bytes.map((b, i) => (i === RECORD ? 10 : b)));
    await expect(create()).rejects.toMatchObject(
      failure(
        'DATASET_LABEL_RANGE',
        /data_batch_2\.bin: labels must be from 0 to 9; label 1 \(counted from 0\) is 10/,
      ),
    );
  });

  test('where a file is empty', async () => {
    await withFile('data_batch_5.bin', (bytes) => bytes.subarray(0, 0));
    await expect(create()).rejects.toMatchObject(
      failure('DATASET_EMPTY', /data_batch_5\.bin: has no images/),
    );
  });
});

describe('a file of the Python version is refused', () => {
  const labels = { key: 'labels', classes: 10 };
  const parse = (pickle: string) =>
    parseCifarPython(Buffer.from(pickle, 'latin1'), labels, 'test_batch');
  /** numpy.zeros((rows, columns), type) and labels, as protocol 0 writes them. */
  const batch = (type: string, rows: number, columns: number, list: string) => {
    const size = rows * columns * Number(type[1]);
    const bytes = `T${String.fromCharCode(size & 255, size >> 8, 0, 0)}${'\0'.repeat(size)}`;
    const array =
      "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR" +
      `(I1\n(I${rows}\nI${columns}\ntcnumpy\ndtype\n(S'${type}'\ntRI00\n${bytes}tb`;
    return `(S'data'\n${array}S'labels'\n(${list}ld.`;
  };

  test('unless data and labels agree', () => {
    expect([...parse(batch('u1', 2, 3072, 'I3\nI4\n')).labels]).toEqual([3, 4]);
    expect(() => parse(batch('u1', 2, 3072, 'I3\n'))).toThrow(
      'test_batch: has 2 images, but 1 labels in "labels"',
    );
    expect(() => parse(batch('u1', 1, 3072, 'I-1\n'))).toThrow(/label 0 .* is -1/);
  });

  test.each([
    ['(I1\nl.', 'expected a dict; received something else'],
    ['(d.', 'expected an array "data"; received none'],
    [batch('u1', 1, 9, 'I3\n'), 'the shape [count, 3072]; received u1 [1, 9]'],
    [batch('f4', 1, 3072, 'I3\n'), 'of the type u1 and the shape [count, 3072]; received f4'],
    [batch('u1', 1, 3072, "S'cat'\n"), 'expected a list of whole numbers "labels"'],
    [
      batch('u1', 1, 3072, '').replace("S'labels'", "S'fine_labels'"),
      'received the keys "data", "fine_labels"',
    ],
  ])('where it is of another form (%#)', (pickle, message) => {
    expect(() => parse(pickle)).toThrow(message);
  });
});
