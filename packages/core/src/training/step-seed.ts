/** Mixes a whole number into 31 well-spread bits (finaliser of MurmurHash3). */
function mix(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  // 30 bits leave room for the counters that passes and layers add.
  return (h ^ (h >>> 16)) >>> 2;
}

/** Seed (int32 [2]) of the random layers in one step; depends on the stage's seed and the step's number only. */
export function stepSeed(seed: number, step: number): Int32Array {
  return Int32Array.of(mix(seed), mix(step));
}
