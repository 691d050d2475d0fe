import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import type { Toolchain } from '../toolchain.ts';

/** How the fake tools behave. */
export interface FakeToolchainOptions {
  /** How long compiling takes. Default 0. */
  readonly compileMilliseconds?: number;
  /** What the proof fails with. Default: it succeeds. */
  readonly proofError?: Error;
}

/** A compiler and a proof that take a known time instead of g++ and 850 MB of TensorFlow. */
export function fakeToolchain({
  compileMilliseconds = 0,
  proofError,
}: FakeToolchainOptions = {}): Toolchain {
  return {
    compilerVersion: () => Promise.resolve('fake compiler'),
    async compileBinding({ report }, { output }) {
      report({ type: 'step', message: 'Compiling the binding' });
      await delay(compileMilliseconds);
      await writeFile(output, 'binding');
    },
    proveBinding() {
      if (proofError !== undefined) return Promise.reject(proofError);
      return Promise.resolve({ version: '1.0.0', gpu: false });
    },
  };
}
