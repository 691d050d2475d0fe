import { checkFile } from './check-file.ts';
import { checkUnpacked } from './check-unpacked.ts';
import { dataRoot } from './data-root.ts';
import type { DataCheck, DataCheckOptions, FileCheck } from '@pare/core';
import type { DataManifest } from './data-manifest.ts';

/** Looks at the files of a manifest. Default directory: `dataDirectory` of the data set. */
export async function checkFiles(
  manifest: DataManifest,
  options: DataCheckOptions = {},
): Promise<DataCheck> {
  const directory = dataRoot(manifest, options.directory);
  const files: FileCheck[] = [];
  for (const file of manifest.files) {
    const found = file.unpack
      ? await checkUnpacked(directory, file, options)
      : [await checkFile(directory, file, options)];
    const isLeftOut = file.optional && !options.all && found.at(-1)!.state === 'missing';
    if (!isLeftOut) files.push(...found);
  }
  return { directory, files };
}
