/** Images by number, in two parts. */
export interface Halves {
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/**
 * Splits images in two by class: the first half of each class in the order given, and the rest. With images sorted by
 * file name that is how BiP's authors divide the 50 validation images of each class; their order is that of the directory,
 * so it differs between machines.
 */
export function halfOfEachClass(labels: Int32Array, classes: number): Halves {
  const sizes = new Int32Array(classes);
  for (const label of labels) sizes[label]!++;
  const seen = new Int32Array(classes);
  const isFirst = Array.from(labels, (label) => seen[label]!++ < Math.floor(sizes[label]! / 2));
  const numbers = Int32Array.from(labels, (_, i) => i);
  return { first: numbers.filter((i) => isFirst[i]), second: numbers.filter((i) => !isFirst[i]) };
}
