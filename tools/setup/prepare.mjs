import { build } from './build.mjs';
import { provisionEngine } from './engine.mjs';
import { install } from './install.mjs';

/** Takes a fresh clone to the point where everything runs; quick when that has been done. */
export async function prepare() {
  await install();
  await build();
  await provisionEngine();
}
