import type { HostKernel } from '../kernel.ts';

/** -1, 0 or 1; NaN for NaN. */
export const sign: HostKernel = ([x], [y]) => {
  for (let i = 0; i < x!.data.length; i++) y!.data[i] = Math.sign(x!.data[i]!);
};
