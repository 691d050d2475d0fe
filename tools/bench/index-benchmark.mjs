import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parseIndexOptions, usage } from './index-benchmark-options.mjs';
import { runWorker } from './run-worker.mjs';
import { announce, runMain } from '../setup/step.mjs';

// `node tools/bench/index-benchmark.mjs`: time and memory that indexing a folder of images takes, on a made-up tree of
// empty files in the temporary folder. Needs a build of packages/datasets (`npm run build`).
await runMain(async (args) => {
  const options = parseIndexOptions(args);
  if (options.help) console.log(usage);
  else await bench(options);
  return 0;
});

async function bench({ images, classes, rounds, keep }) {
  const root = mkdtempSync(join(tmpdir(), 'pare-index-'));
  try {
    announce('tree', `${images} empty files in ${classes} folders of ${root}`);
    makeTree(root, images, classes);
    for (let round = 1; round <= rounds; round++) {
      // A fresh process each time, so that memory of one round is not reused by the next.
      const result = await runWorker(process.execPath, [
        '--expose-gc',
        'index-benchmark-worker.mjs',
        root,
      ]);
      announce(`round ${round}`, describe(result));
    }
  } finally {
    if (keep) announce('kept', root);
    else rmSync(root, { recursive: true });
  }
}

/** Names as in ImageNet: n00000007/n00000007_1234.JPEG. */
function makeTree(root, images, classes) {
  for (let label = 0; label < classes; label++) {
    const name = `n${String(label).padStart(8, '0')}`;
    mkdirSync(join(root, name));
    for (let image = label; image < images; image += classes) {
      closeSync(openSync(join(root, name, `${name}_${image}.JPEG`), 'w'));
    }
  }
}

function describe({ milliseconds, count, classes, before, kept, peak }) {
  const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
  return [
    `${count} images, ${classes} classes in ${(milliseconds / 1000).toFixed(2)} s`,
    `the index itself ${megabytes(kept)}`,
    `resident memory ${megabytes(before)} before, ${megabytes(peak)} at most (+${megabytes(peak - before)})`,
  ].join('; ');
}
