import type { FactoredWeights } from '../compressed-weights.ts';

/** What becomes of a layer when training has ended. */
export type Factoring =
  | { readonly kind: 'constant'; readonly reason: string }
  | { readonly kind: 'factors'; readonly reason: string }
  | { readonly kind: 'dense'; readonly reason: string };

/**
 * Whether two layers take fewer numbers than one: rank r of an m x n matrix does where r < min(m, n) and
 * r ≤ m·n / (m + n). Rank 0 leaves the bias alone.
 */
export function factoringOf({
  matrix: [rows, columns],
  rank,
}: Pick<FactoredWeights, 'matrix' | 'rank'>): Factoring {
  const size = `${rows} x ${columns}`;
  if (rank === 0) return { kind: 'constant', reason: 'rank 0: the output is the bias' };
  if (rank >= Math.min(rows, columns)) {
    return { kind: 'dense', reason: `full rank: ${rank} of a ${size} matrix` };
  }
  const [factored, dense] = [rank * (rows + columns), rows * columns];
  if (factored > dense) {
    return {
      kind: 'dense',
      reason: `rank ${rank} of a ${size} matrix takes ${factored} numbers, the matrix ${dense}`,
    };
  }
  return { kind: 'factors', reason: `${factored} numbers instead of ${dense}` };
}
