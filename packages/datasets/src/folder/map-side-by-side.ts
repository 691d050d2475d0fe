/** Enough to keep the disk busy, few enough that little is open at once. */
const atOnce = 16;

/** Results in the order of the items; at most 16 calls are under way at once. Ends at the first error. */
export async function mapSideBySide<T, R>(
  items: readonly T[],
  map: (item: T) => R | Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  let failed = false;
  const work = async () => {
    while (next < items.length && !failed) {
      const item = next++;
      try {
        results[item] = await map(items[item]!);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return results;
}
