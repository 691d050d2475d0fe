import { compileBinding, compilerVersion } from './compile-binding.ts';
import { proveBinding } from './proof.ts';

/** The expensive tools of an install; tests put cheap ones in their place. */
export interface Toolchain {
  readonly compilerVersion: typeof compilerVersion;
  readonly compileBinding: typeof compileBinding;
  readonly proveBinding: typeof proveBinding;
}

/** The real compiler and the real test graph. */
export const realToolchain: Toolchain = { compilerVersion, compileBinding, proveBinding };
