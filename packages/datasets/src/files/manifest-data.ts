import { checkFiles } from './check-files.ts';
import { fetchFiles } from './fetch-files.ts';
import type { DataFiles } from '@pare/core';
import type { DataManifest } from './data-manifest.ts';

/** What a plugin says of a data set whose files are all in a manifest: `data: manifestData(manifest)`. */
export const manifestData = (manifest: DataManifest): DataFiles => ({
  manifest,
  check: (options) => checkFiles(manifest, options),
  fetch: (options) => fetchFiles(manifest, options),
});
