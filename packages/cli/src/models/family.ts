/** What the names of related models begin with: `resnet` of `resnet-50` and of `resnet20`. */
export const familyOf = (name: string): string => /^[^-\d]*/.exec(name)![0];

/** Values in groups with the same key; groups and members in the order in which they come. */
export function grouped<T>(values: readonly T[], keyOf: (value: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return [...groups.values()];
}
