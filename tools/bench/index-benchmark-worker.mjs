import { performance } from 'node:perf_hooks';

import { indexClassFolders } from '../../packages/datasets/dist/folder/class-folder-index.js';

// Child process: indexes the class folders of argument 1; prints time and memory as JSON. Needs --expose-gc: else the size
// of the index itself counts garbage too.
const before = process.memoryUsage.rss();
const heapBefore = usedHeap();
const start = performance.now();
const index = await indexClassFolders({ root: process.argv[2] });
const milliseconds = performance.now() - start;
const kept = usedHeap() - heapBefore;
// KiB, the most the process ever had.
const peak = process.resourceUsage().maxRSS * 1024;
// The index is used after it was measured, so that it cannot have been collected.
const { count, classes } = index;
console.log(JSON.stringify({ milliseconds, count, classes: classes.length, before, kept, peak }));

/** Bytes of objects and buffers. */
function usedHeap() {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
