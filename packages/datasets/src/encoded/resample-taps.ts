/** Weights are whole numbers of 2^-22, as in PIL. */
const ONE = 2 ** 22;

/** For each new pixel of an axis: how many old ones it is made of, where they begin, and their weights. */
export interface Taps {
  /** The same for all new pixels; surplus weights are 0. */
  readonly count: number;
  readonly first: Int32Array;
  /** [new pixels, count]. */
  readonly weights: Int32Array;
}

/** Which new pixels of an axis are wanted. */
export interface Axis {
  /** Old and new length of the whole axis. */
  readonly from: number;
  readonly to: number;
  /** First new pixel that is wanted, and how many. */
  readonly start: number;
  readonly wanted: number;
  /** The last wanted pixel comes first; default false. */
  readonly mirrored?: boolean;
}

/**
 * Weights of bilinear scaling with antialiasing: a triangle around the new pixel's centre, as wide as two new pixels where an axis
 * gets shorter, and as two old ones where it gets longer. Rounded as `Image.resize` of PIL does.
 */
export function makeTaps({ from, to, start, wanted, mirrored = false }: Axis): Taps {
  const scale = from / to;
  const support = Math.max(scale, 1);
  const count = Math.min(from, Math.ceil(2 * support));
  const first = new Int32Array(wanted);
  const weights = new Int32Array(wanted * count);
  const triangle = new Float64Array(count);
  for (let i = 0; i < wanted; i++) {
    const centre = (start + (mirrored ? wanted - 1 - i : i) + 0.5) * scale;
    const low = Math.max(0, Math.trunc(centre - support + 0.5));
    const size = Math.min(from, Math.trunc(centre + support + 0.5), low + count) - low;
    let sum = 0;
    for (let k = 0; k < size; k++) {
      triangle[k] = Math.max(0, 1 - Math.abs((k + low - centre + 0.5) / support));
      sum += triangle[k]!;
    }
    // All taps lie in the image, the surplus ones too.
    first[i] = Math.min(low, from - count);
    const at = i * count + low - first[i]!;
    for (let k = 0; k < size; k++) weights[at + k] = Math.floor(0.5 + (triangle[k]! / sum) * ONE);
  }
  return { count, first, weights };
}
