import { performance } from 'node:perf_hooks';

import { createImageFolder } from '../../packages/datasets/dist/image-folder.js';

// Child process: passes over the images of a folder as the trainer makes them. Argument: the job as JSON.
const job = JSON.parse(process.argv[2]);
const dataset = await createImageFolder({
  directory: job.directory,
  imageSize: job.size,
  validation: 1,
  // One is read or converted while the others are decoded; this is the default on so many cores.
  workers: job.workers + 1,
  jpegDecoder: job.jpegDecoder,
});
const rates = [];
let before;
for (let pass = 0; pass <= job.passes; pass++) {
  // Compiling the code belongs to the pass that is not counted.
  if (pass === 1) before = process.cpuUsage();
  const start = performance.now();
  let images = 0;
  for await (const { size } of dataset.batches('train', { batchSize: job.batch, seed: pass })) {
    images += size;
  }
  rates.push((1000 * images) / (performance.now() - start));
}
const { user, system } = process.cpuUsage(before);
const cpuMs = (user + system) / 1000 / (job.passes * dataset.info.sizes.train);
const peakRssMb = (process.resourceUsage().maxRSS * 1024) / 1e6;
console.log(
  JSON.stringify({ rates: rates.slice(1), cpuMs, peakRssMb, runtime: `Node ${process.version}` }),
);
