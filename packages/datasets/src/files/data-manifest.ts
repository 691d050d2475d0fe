export type { DataManifest, PublishedFile } from '@pare/core';
