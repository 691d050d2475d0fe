import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Content of a file, or where a symbolic link points to, from the folder that the link is in. */
export type TreeEntry = string | Uint8Array | { readonly link: string };

/** A folder of a test's own, deleted at its end: `await using tree = await temporaryTree(...)`. */
export interface TemporaryTree extends AsyncDisposable {
  readonly root: string;
}

/** Makes files by path below a new folder. A path that ends with / is an empty folder; a list means empty files. */
export async function temporaryTree(
  entries: readonly string[] | Readonly<Record<string, TreeEntry>>,
): Promise<TemporaryTree> {
  const root = await mkdtemp(join(tmpdir(), 'pare-tree-'));
  const files: Readonly<Record<string, TreeEntry>> = Array.isArray(entries)
    ? Object.fromEntries((entries as string[]).map((path) => [path, ''] as const))
    : (entries as Readonly<Record<string, TreeEntry>>);
  for (const [path, entry] of Object.entries(files)) {
    const full = join(root, path);
    await mkdir(path.endsWith('/') ? full : dirname(full), { recursive: true });
    if (path.endsWith('/')) continue;
    if (typeof entry === 'object' && 'link' in entry) await symlink(entry.link, full);
    else await writeFile(full, entry);
  }
  return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true }) };
}
