import { expandFactors } from '../compressions/low-rank/factors.ts';
import { expandSparse } from '../compressions/pruning/sparse.ts';
import { expandCodebook } from '../compressions/quantization/codebook.ts';
import type { CompressedWeights } from '../compressions/compressed-weights.ts';

/** Δ(Θ) of any kind of compressed weights, in PyTorch's order. Sums are formed in float64 and rounded once. */
export function expandWeights(theta: CompressedWeights): Float32Array {
  switch (theta.kind) {
    case 'codebook':
      return expandCodebook(theta);
    case 'sparse':
      return expandSparse(theta);
    case 'factors':
      return expandFactors(theta);
    case 'plugin':
      return theta.values.slice();
    case 'sum': {
      const [first, ...others] = theta.parts.map(expandWeights);
      return first!.map((value, i) => others.reduce((sum, part) => sum + part[i]!, value));
    }
  }
}

/** Number of weights that Θ stands for. */
export function countWeights(theta: CompressedWeights): number {
  switch (theta.kind) {
    case 'codebook':
      return theta.indices.length;
    case 'sparse':
      return theta.length;
    case 'factors':
      return theta.matrix[0] * theta.matrix[1];
    case 'plugin':
      return theta.values.length;
    case 'sum':
      return countWeights(theta.parts[0]!);
  }
}
