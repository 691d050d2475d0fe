import { formatShape, sameShape } from '../ir/shape.ts';
import type { DType } from '../ir/value.ts';
import type { ReferenceTensor } from './reference-tensor.ts';

/** How close two tensors must be. */
export interface Closeness {
  /** Largest |actual - expected| / max(1, |expected|) of float elements; default 1e-5. */
  readonly tolerance?: number;
  /** Floats must be the float32 nearest to the expected number; default false. */
  readonly exact?: boolean;
}

interface Comparable {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

function close(
  actual: number,
  expected: number,
  { tolerance = 1e-5, exact = false }: Closeness,
): boolean {
  const nearest = Math.fround(expected);
  if (Object.is(actual, nearest) || actual === nearest) return true;
  if (exact || !Number.isFinite(nearest) || !Number.isFinite(actual)) return false;
  return Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected));
}

/** The first difference of an engine's tensor from the reference, in words; undefined where there is none. */
export function differenceOf(
  actual: Comparable,
  expected: ReferenceTensor,
  closeness: Closeness = {},
): string | undefined {
  if (actual.dtype !== expected.dtype || !sameShape(actual.shape, expected.shape)) {
    return `expected ${expected.dtype} ${formatShape(expected.shape)}, received ${actual.dtype} ${formatShape(actual.shape)}`;
  }
  if (actual.data.length !== expected.data.length) {
    return `expected ${expected.data.length} elements, received ${actual.data.length}`;
  }
  const isFloat = expected.dtype === 'float32';
  const matches = (a: number, b: number) => (isFloat ? close(a, b, closeness) : a === b);
  const at = expected.data.findIndex((value, i) => !matches(actual.data[i]!, value));
  return at < 0
    ? undefined
    : `element ${at}: expected ${expected.data[at]}, received ${actual.data[at]}`;
}
