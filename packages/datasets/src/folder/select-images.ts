import type { EncodedSource } from '../encoded/encoded-source.ts';

/** The images of a source that `rows` names, in that order. */
export const selectImages = (source: EncodedSource, rows: Int32Array): EncodedSource => ({
  count: rows.length,
  nameOf: (index) => source.nameOf(rows[index]!),
  read: (index) => source.read(rows[index]!),
  close: source.close && (() => source.close!()),
});

/** At most `most` images, spread evenly over a source: one sorted by class keeps about as many of each. */
export function limitImages(source: EncodedSource, most: number | undefined): EncodedSource {
  if (most === undefined || most >= source.count) return source;
  const rows = Int32Array.from({ length: most }, (_, i) => Math.floor((i * source.count) / most));
  return selectImages(source, rows);
}
