import { GraphError } from '../errors/graph-error.ts';

/**
 * A dimension: a number, or a polynomial of named symbols with integer coefficients in canonical
 * text form, for example `batch`, `2*width+16`, `batch*width`. Canonical text makes equality `===`.
 */
export type Dim = number | string;

type Polynomial = Map<string, number>;

const parsed = new Map<string, Polynomial>();

function parse(dim: Dim): Polynomial {
  if (typeof dim === 'number') return new Map(dim === 0 ? [] : [['', dim]]);
  const known = parsed.get(dim);
  if (known) return known;
  const result: Polynomial = new Map();
  for (const [, sign, term] of dim.matchAll(/([+-]?)([^+-]+)/g)) {
    let coefficient = sign === '-' ? -1 : 1;
    const symbols: string[] = [];
    for (const factor of term!.split('*')) {
      if (/^\d+$/.test(factor)) coefficient *= Number(factor);
      else if (/^[A-Za-z_]\w*$/.test(factor)) symbols.push(factor);
      else
        throw new GraphError(
          'BAD_DIM',
          `Dimension "${dim}" is not a number or a sum of products of symbols.`,
        );
    }
    const key = symbols.sort().join('*');
    result.set(key, (result.get(key) ?? 0) + coefficient);
  }
  parsed.set(dim, result);
  return result;
}

function format(polynomial: Polynomial): Dim {
  const terms = [...polynomial].filter(([, c]) => c !== 0);
  if (terms.length === 0) return 0;
  if (terms.length === 1 && terms[0]![0] === '') return terms[0]![1];
  // The constant goes last, the rest in alphabetical order.
  terms.sort(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1));
  let text = '';
  for (const [symbols, c] of terms) {
    const size = Math.abs(c);
    const body = symbols === '' ? `${size}` : size === 1 ? symbols : `${size}*${symbols}`;
    text += c < 0 ? `-${body}` : text === '' ? body : `+${body}`;
  }
  return text;
}

/** Sum of two dimensions. */
export function addDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  const sum: Polynomial = new Map(parse(a));
  for (const [key, c] of parse(b)) sum.set(key, (sum.get(key) ?? 0) + c);
  return format(sum);
}

/** Product of two dimensions. */
export function multiplyDims(a: Dim, b: Dim): Dim {
  // Adding 0 turns -0, which is not equal to 0 as text or by Object.is, into 0.
  if (typeof a === 'number' && typeof b === 'number') return a * b + 0;
  const product: Polynomial = new Map();
  for (const [ka, ca] of parse(a)) {
    for (const [kb, cb] of parse(b)) {
      const key = [...ka.split('*'), ...kb.split('*')]
        .filter((s) => s !== '')
        .sort()
        .join('*');
      product.set(key, (product.get(key) ?? 0) + ca * cb);
    }
  }
  return format(product);
}

/** Difference `a - b`. */
export function subtractDims(a: Dim, b: Dim): Dim {
  return addDims(a, multiplyDims(-1, b));
}

/** Product of all dimensions: the number of elements of a shape. */
export function sizeOf(shape: readonly Dim[]): Dim {
  return shape.reduce<Dim>(multiplyDims, 1);
}

/** Symbols that occur in a dimension, sorted. */
export function symbolsOf(dim: Dim): string[] {
  if (typeof dim === 'number') return [];
  return [...new Set([...parse(dim).keys()].flatMap((key) => key.split('*')))]
    .filter((s) => s !== '')
    .sort();
}

/** Terms of a dimension as `[symbols, coefficient]`; the constant term has no symbols. */
export function termsOf(dim: Dim): readonly { symbols: readonly string[]; coefficient: number }[] {
  return [...parse(dim)].map(([key, coefficient]) => ({
    symbols: key === '' ? [] : key.split('*'),
    coefficient,
  }));
}

/** Value of a dimension when its symbols have the given values; throws for an unknown symbol. */
export function evaluateDim(dim: Dim, bindings: ReadonlyMap<string, number>): number {
  if (typeof dim === 'number') return dim;
  let total = 0;
  for (const { symbols, coefficient } of termsOf(dim)) {
    let term = coefficient;
    for (const symbol of symbols) {
      const value = bindings.get(symbol);
      if (value === undefined) {
        const known = [...bindings.keys()].join(', ') || 'none';
        throw new GraphError(
          'UNBOUND_DIM',
          `Dimension "${dim}" needs a value for "${symbol}"; known: ${known}.`,
        );
      }
      term *= value;
    }
    total += term;
  }
  return total;
}
