import type { CompressedWeights } from '../compressions/compressed-weights.ts';

/** Θ without parts of a sum that are zero; the part itself where one is left. */
export function essentialTheta(theta: CompressedWeights): CompressedWeights {
  if (theta.kind !== 'sum') return theta;
  const parts = theta.parts
    .map(essentialTheta)
    .flatMap((part) => (part.kind === 'sum' ? part.parts : [part]))
    .filter((part) => !isZero(part));
  if (parts.length > 1) return { kind: 'sum', parts };
  return parts[0] ?? essentialTheta(theta.parts[0]!);
}

function isZero(theta: CompressedWeights): boolean {
  if (theta.kind === 'sparse') return theta.values.length === 0;
  return theta.kind === 'factors' && theta.rank === 0;
}
