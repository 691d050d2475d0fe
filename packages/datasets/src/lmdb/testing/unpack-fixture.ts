import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll } from '@jest/globals';

/** Files that py-lmdb has written; fixtures/README.md says how. */
export type Fixture = 'tree' | 'tree-16k' | 'images' | 'named-images' | 'empty' | 'sub-database';

/** The bytes of such a file. */
export function fixtureBytes(name: Fixture): Buffer {
  const packed = new URL(`../../../fixtures/lmdb/${name}.mdb.br`, import.meta.url);
  return brotliDecompressSync(readFileSync(packed));
}

const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** Puts bytes into a new folder of the system's temporary one, until the tests of a file have run. */
export function temporaryFile(bytes: Uint8Array, name = 'file.mdb'): string {
  const folder = mkdtempSync(join(tmpdir(), 'pare-lmdb-'));
  folders.push(folder);
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** Puts such a file into a new folder. */
export function unpackFixture(fixture: Fixture, name?: string): string {
  return temporaryFile(fixtureBytes(fixture), name);
}
