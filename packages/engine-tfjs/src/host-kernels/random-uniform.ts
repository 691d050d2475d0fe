import { fillUniform } from '../philox.ts';
import type { HostKernel } from '../kernel.ts';

/** Uniform numbers in [0, 1) from a seed of two words. */
export const randomUniform: HostKernel = ([seed], [result]) => {
  const [first, second] = seed!.data;
  fillUniform([first!, second!], result!.data as Float32Array);
};
