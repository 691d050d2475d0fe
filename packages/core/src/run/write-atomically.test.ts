import { existsSync } from 'node:fs';
import { mkdtemp, open, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { writeAtomically } from './write-atomically.ts';
import type { FileOperations } from './write-atomically.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pare-write-'));
});
afterEach(() => rm(folder, { recursive: true }));

function failing(code: string, after: number): FileOperations {
  let left = after;
  return {
    rename,
    rm,
    open: async (path, flags) => {
      const file = await open(path, flags);
      return {
        sync: () => file.sync(),
        close: () => file.close(),
        writeFile: async (data) => {
          if (left-- <= 0) throw Object.assign(new Error(`${code}: no`), { code });
          await file.writeFile(data);
        },
      };
    },
  };
}

describe('writeAtomically', () => {
  test('writes all chunks in order and leaves no temporary file', async () => {
    await writeAtomically(join(folder, 'a.txt'), ['one ', Buffer.from('two')]);
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('one two');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  test('keeps the old file, and only it, when the disk fills up midway', async () => {
    const path = join(folder, 'a.txt');
    await writeFile(path, 'old');
    const write = writeAtomically(path, ['new ', 'text'], failing('ENOSPC', 1));
    await expect(write).rejects.toMatchObject({ code: 'DISK_FULL' });
    await expect(write).rejects.toThrow(/a\.txt.*full.*unchanged/s);
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  // Linux has a file that is always full.
  (existsSync('/dev/full') ? test : test.skip)(
    'keeps the old file when the system itself says so',
    async () => {
      const path = join(folder, 'a.txt');
      await writeFile(path, 'old');
      const full: FileOperations = { rename, rm, open: (_path, flags) => open('/dev/full', flags) };
      await expect(writeAtomically(path, ['new'], full)).rejects.toMatchObject({
        code: 'DISK_FULL',
      });
      expect(await readFile(path, 'utf8')).toBe('old');
    },
  );

  test('says that there is no permission', async () => {
    const write = writeAtomically(join(folder, 'a.txt'), ['x'], failing('EACCES', 0));
    await expect(write).rejects.toMatchObject({ code: 'NO_WRITE_ACCESS' });
  });

  test('says that the folder is not there', async () => {
    const write = writeAtomically(join(folder, 'none', 'a.txt'), ['x']);
    await expect(write).rejects.toMatchObject({ code: 'WRITE_FAILED' });
    await expect(write).rejects.toThrow(/ENOENT.*\. What was written before is unchanged\./s);
  });
});
