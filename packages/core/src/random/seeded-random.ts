import { PareError } from '../errors/pare-error.ts';
import type { Random } from '../contracts/services.ts';

// Under Jest a global is looked up by name each time, which costs ten times as much as the arithmetic between.
const { imul, log, sqrt } = Math;
const { isInteger } = Number;

/** xoshiro128** (Blackman and Vigna 2018), its state filled from a 32-bit seed by splitmix32. */
export class SeededRandom implements Random {
  readonly seed: number;
  readonly #state: Int32Array;
  #spare: number | undefined;

  /** `seed` is a whole number; its lowest 32 bits count. */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed)) {
      throw new PareError('BAD_SEED', `A seed must be a whole number; received ${seed}.`);
    }
    this.seed = seed >>> 0;
    this.#state = expand(this.seed);
  }

  uniform(): number {
    // 53 bits from two words, as doubles have them.
    const high = this.#next() >>> 5;
    const low = this.#next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    // Marsaglia's polar method: a point in the unit disc gives two independent numbers.
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = sqrt((-2 * log(square)) / square);
      this.#spare = y * scale;
      return x * scale;
    }
  }

  integer(below: number): number {
    if (!isInteger(below) || below < 1 || below > 0x100000000) {
      throw new PareError(
        'BAD_RANGE',
        `A random whole number needs a bound from 1 to 2^32; received ${below}.`,
      );
    }
    // Words above the last full multiple of the bound would favour small numbers.
    const limit = 0x100000000 - (0x100000000 % below);
    for (;;) {
      const word = this.#next() >>> 0;
      if (word < limit) return word % below;
    }
  }

  fork(name: string): SeededRandom {
    return new SeededRandom(hash(this.seed, name));
  }

  #next(): number {
    const s = this.#state;
    const word = imul(rotate(imul(s[1]!, 5), 7), 9);
    const shifted = s[1]! << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= shifted;
    s[3] = rotate(s[3]!, 11);
    return word;
  }
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** Finalizer of MurmurHash3: every input bit moves every output bit. */
function mix(word: number): number {
  let h = word;
  h = imul(h ^ (h >>> 16), 0x85ebca6b);
  h = imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function expand(seed: number): Int32Array {
  const golden = 0x9e3779b9;
  return Int32Array.from({ length: 4 }, (_, i) => mix((seed + imul(golden, i + 1)) | 0));
}

/** FNV-1a over the UTF-16 units of a name, mixed with the seed. */
function hash(seed: number, name: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) h = imul(h ^ name.charCodeAt(i), 0x01000193);
  return mix(mix(h ^ name.length) + imul(mix(seed ^ 0x5bf03635), 0x27d4eb2f)) >>> 0;
}
