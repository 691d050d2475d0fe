import { formatSize } from './format-size.ts';
import type { DataManifest, PublishedFile } from './data-manifest.ts';

/** What a person does where files of a data set are missing: the end of every such message. */
export function dataHint({ dataset, files, byHand }: DataManifest): string {
  if (files.length === 0) return byHand;
  const needed = files.filter(({ optional }) => !optional);
  const all = needed.length < files.length ? `; with --all ${sizeOf(files)}` : '';
  return `Run: pare data fetch ${dataset} (${sizeOf(needed)}${all}). Or by hand: ${byHand}`;
}

const sizeOf = (files: readonly PublishedFile[]): string =>
  formatSize(files.reduce((sum, { bytes }) => sum + bytes, 0));
