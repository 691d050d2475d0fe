/** Uniform float32 numbers in [from, to), the same on every machine for the same text (mulberry32 over a hash of it). */
export function seededValues(text: string, count: number, from = -1, to = 1): Float32Array {
  let state = 0x811c9dc5;
  for (const character of text) state = Math.imul(state ^ character.codePointAt(0)!, 0x01000193);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
  return Float32Array.from({ length: count }, () => from + (to - from) * next());
}
