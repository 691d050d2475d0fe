import type { Random } from '../contracts/services.ts';

/** The numbers 0 to n - 1 in a random order (Fisher and Yates). */
export function shuffledIndices(n: number, random: Random): Int32Array {
  const indices = Int32Array.from({ length: n }, (_, i) => i);
  for (let last = n - 1; last > 0; last--) {
    const pick = random.integer(last + 1);
    const moved = indices[last]!;
    indices[last] = indices[pick]!;
    indices[pick] = moved;
  }
  return indices;
}
