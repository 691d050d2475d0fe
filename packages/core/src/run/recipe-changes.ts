/**
 * Settings that two configurations (plain data) do not share, as sentences without end: `method.strength was 0.1, is 0.2`.
 * The engine is left out: a run may go on with another one, and says so itself.
 */
export function recipeChanges(before: unknown, now: unknown): string[] {
  return changes(plain(before), plain(now), []);
}

/** As it is after a round through JSON: no undefined, no methods. */
const plain = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

function changes(before: unknown, now: unknown, path: readonly string[]): string[] {
  if (path.join() === 'engine') return [];
  if (isTree(before) && isTree(now)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(now)]);
    return [...keys].flatMap((key) => changes(before[key], now[key], [...path, key]));
  }
  if (Object.is(before, now)) return [];
  return [`${path.join('.')} was ${text(before)}, is ${text(now)}`];
}

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const text = (value: unknown) => JSON.stringify(value) ?? 'not there';
