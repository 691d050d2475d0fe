import { join } from 'node:path';

import { runOpenly } from './command.mjs';
import { root } from './root.mjs';
import { announce } from './step.mjs';

/** The pare command, as the build leaves it. */
export const pare = join(root, 'packages', 'cli', 'dist', 'bin.js');

/** Provisions the native engine; without it everything still runs on the wasm engine. */
export async function provisionEngine() {
  if (process.env.PARE_SKIP_ENGINE) {
    announce('engine', 'native engine not provisioned (PARE_SKIP_ENGINE is set)');
    return;
  }
  announce('engine', 'native TensorFlow library (pare engine install)');
  const code = await runOpenly(process.execPath, [pare, 'engine', 'install']);
  if (code !== 0) {
    announce(
      'engine',
      `no native engine (exit code ${code}, see above): using wasm, which is slower`,
    );
  }
}
