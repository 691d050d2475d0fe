/** Edits that turn one word into the other: insert, delete, replace, swap neighbours. Case and -_. are cheap to miss, so they do not count. */
export function editDistance(first: string, second: string): number {
  const a = plain(first);
  const b = plain(second);
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(replaced, previous[j]! + 1, row[j - 1]! + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, before[j - 2]! + 1);
      row[j] = best;
    }
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_.\s]/g, '');
}

/** Candidates, nearest first; equally near ones in alphabetical order. */
export function byNearness(word: string, candidates: Iterable<string>): string[] {
  const distance = new Map([...candidates].map((name) => [name, editDistance(word, name)]));
  return [...distance.keys()].sort(
    (a, b) => distance.get(a)! - distance.get(b)! || (a < b ? -1 : Number(a > b)),
  );
}

/** Candidates that a person who wrote `word` may have meant, nearest first, three at most. */
export function nearMisses(word: string, candidates: Iterable<string>): string[] {
  const size = plain(word).length;
  const limit = Math.min(3, Math.max(1, Math.floor(size / 3)));
  const sorted = byNearness(word, candidates);
  const best = sorted.length > 0 ? editDistance(word, sorted[0]!) : 0;
  const near = (name: string) =>
    editDistance(word, name) <= Math.min(limit, best + 1) ||
    (size >= 3 && plain(name).includes(plain(word)));
  return sorted.filter(near).slice(0, 3);
}

/** ` Did you mean "x"?` with a leading blank, or nothing where no candidate is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const near = nearMisses(word, candidates).map((name) => `"${name}"`);
  return near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
}
