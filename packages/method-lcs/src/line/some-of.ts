/** The first names of a list, for a message: `a, b, c and 4 more`. */
export function someOf(names: readonly string[], most = 3): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(', ')} and ${rest} more` : names.join(', ');
}
