import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

import { SeededRandom } from '../../packages/core/dist/index.js';
import { adaptiveQuantization } from '../../packages/method-lc/dist/compressions/quantization/adaptive-quantization.js';

// Child process: one compression step on the float32 weights of a file; prints time, error and memory as JSON.
const [file, algorithm, centroids, restarts] = process.argv.slice(2);
const bytes = readFileSync(file);
const weights = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
const compression = adaptiveQuantization({
  centroids: Number(centroids),
  algorithm,
  restarts: Number(restarts),
});
const before = process.memoryUsage.rss();
const [start, used] = [performance.now(), process.cpuUsage()];
const theta = compression.compress(weights, {
  mu: 0,
  shape: [weights.length],
  random: new SeededRandom(1),
});
const milliseconds = performance.now() - start;
const { user, system } = process.cpuUsage(used);
// KiB, the most the process ever had.
const peak = process.resourceUsage().maxRSS * 1024;
const compressed = compression.decompress(theta);
let error = 0;
for (let i = 0; i < weights.length; i++) error += (weights[i] - compressed[i]) ** 2;
const cpu = (user + system) / 1000;
console.log(JSON.stringify({ milliseconds, cpu, error, added: peak - before }));
