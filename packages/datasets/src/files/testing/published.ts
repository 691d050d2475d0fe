import { createHash } from 'node:crypto';
import type { DataManifest, PublishedFile } from '../data-manifest.ts';

const digest = (name: string, content: Uint8Array) =>
  createHash(name).update(content).digest('hex');

/** A file as its publishers would describe it. */
export const published = (
  url: string,
  name: string,
  content: Uint8Array,
  more: Partial<PublishedFile> = { sha256: digest('sha256', content) },
): PublishedFile => ({ name, url: `${url}/${name}`, bytes: content.length, ...more });

/** A manifest of some files. */
export const manifestOf = (...files: PublishedFile[]): DataManifest => ({
  dataset: 'things',
  homepage: 'http://example.org',
  files,
  byHand: 'ask a friend.',
});

/** Bytes that differ at every place from those of another seed. */
export const someBytes = (length: number, seed = 1): Buffer =>
  Buffer.from(Uint8Array.from({ length }, (_, i) => (i * 31 + seed * 101 + (i >> 8)) & 255));
