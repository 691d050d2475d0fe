/** Population standard deviation (divides by n) of all elements, zeros included, in float64; 0 for no elements. */
export function populationDeviation(values: ArrayLike<number>): number {
  const n = values.length;
  if (n === 0) return 0;
  let total = 0;
  for (let i = 0; i < n; i++) total += values[i]!;
  const mean = total / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i]! - mean) ** 2;
  return Math.sqrt(squares / n);
}
