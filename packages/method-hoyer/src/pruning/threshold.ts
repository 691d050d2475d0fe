import { populationDeviation } from './population-deviation.ts';

/** Where the pruning threshold of a tensor comes from; weights with |w| below it are removed. */
export type PruningRule =
  | { readonly rule: 'fixed'; readonly threshold: number }
  | { readonly rule: 'std-ratio'; readonly sensitivity: number };

/** The threshold of one tensor, rounded to float32, in which it is compared. */
export function pruningThreshold(rule: PruningRule, values: Float32Array): number {
  return Math.fround(
    rule.rule === 'fixed' ? rule.threshold : rule.sensitivity * populationDeviation(values),
  );
}
