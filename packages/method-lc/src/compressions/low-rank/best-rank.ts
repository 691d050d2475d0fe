/** What decides the rank. */
export interface RankPrice {
  readonly alpha: number;
  readonly mu: number;
  /** Uses of each number, see `outputPixels`. */
  readonly pixels: number;
  readonly normalize: boolean;
  readonly denseFallback: boolean;
}

/** The rank of least cost. */
export interface RankChoice {
  readonly rank: number;
  /** Least value of α·C(r) + (μ/2)·Σ_{i>r} s_i²/ν. */
  readonly objective: number;
  /** The rank is 0 for all μ up to this: 2·α·ν·(m + n)·pixels / s₁². */
  readonly suggestedMu: number;
}

/**
 * Tries all ranks; of equally good ones the smallest. Without dense fallback this is a threshold on singular values:
 * s_i² > 2·α·ν·(m + n)·pixels / μ.
 */
export function bestRank(
  singularValues: Float64Array,
  [rows, columns]: readonly [number, number],
  { alpha, mu, pixels, normalize, denseFallback }: RankPrice,
): RankChoice {
  const tails = tailEnergies(singularValues);
  const whole = tails[0]!;
  // A matrix of zeros needs no rank, and has no norm to divide by.
  if (whole === 0) return { rank: 0, objective: 0, suggestedMu: Infinity };
  const scale = normalize ? whole : 1;
  const price = alpha * (rows + columns) * pixels;
  const most = denseFallback ? alpha * rows * columns * pixels : Infinity;
  const objectives = tails.map((tail, r) => Math.min(price * r, most) + ((mu / 2) * tail) / scale);
  const rank = objectives.indexOf(Math.min(...objectives));
  const suggestedMu = (2 * price * scale) / singularValues[0]! ** 2;
  return { rank, objective: objectives[rank]!, suggestedMu };
}

/** Entry r: the squares of all values but the r first, summed from the smallest. */
function tailEnergies(values: Float64Array): Float64Array {
  const tails = new Float64Array(values.length + 1);
  for (let i = values.length - 1; i >= 0; i--) tails[i] = tails[i + 1]! + values[i]! ** 2;
  return tails;
}
