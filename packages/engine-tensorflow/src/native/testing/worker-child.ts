// Loads the binding in one worker thread after another, without loading it in the main thread.
import { once } from 'node:events';
import { isMainThread, Worker } from 'node:worker_threads';

import { loadBinding } from '../load-binding.ts';

if (isMainThread) {
  for (let round = 0; round < 2; round += 1) {
    await once(new Worker(new URL(import.meta.url)), 'exit');
  }
  process.stdout.write('main goes on\n');
} else {
  process.stdout.write(`worker ${loadBinding().TF_Version}\n`);
}
