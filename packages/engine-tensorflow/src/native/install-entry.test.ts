import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createInstallContext } from './install-context.ts';
import { installEntry } from './install-entry.ts';

test('a cache folder that cannot be made is told, with the way out, before anything is built', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pare-entry-'));
  try {
    await writeFile(join(folder, 'file'), '');
    const context = createInstallContext({ env: { PARE_CACHE_DIR: join(folder, 'file') } });
    const build = () => Promise.reject(new Error('was built'));
    const install = installEntry(context, { key: 'x', neededBytes: 0, build });
    await expect(install).rejects.toMatchObject({ code: 'NO_WRITE_ACCESS' });
    await expect(install).rejects.toThrow(/file.*PARE_CACHE_DIR to a folder/s);
  } finally {
    await rm(folder, { recursive: true });
  }
});
