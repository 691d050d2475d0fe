/**
 * A number with a fixed count of decimals as Python's `%.nf` writes it: exactly between two, the even digit wins, where
 * `toFixed` takes the larger.
 */
export function pythonFixed(value: number, digits: number): string {
  // Only odd multiples of 1 / 2^(digits + 1) lie exactly between two decimals.
  const halves = value * 2 ** (digits + 1);
  if (!Number.isInteger(halves) || halves % 2 === 0) return value.toFixed(digits);
  const lower = Math.floor(value * 10 ** digits);
  return ((lower + (lower % 2 === 0 ? 0 : 1)) / 10 ** digits).toFixed(digits);
}
