/** A symbol, or two subtrees: bit 0 goes left, bit 1 right. */
export type HuffmanTree =
  | { readonly count: number; readonly symbol: number }
  | { readonly count: number; readonly left: HuffmanTree; readonly right: HuffmanTree };

/**
 * The tree of Huffman (1952) for symbols with their counts, in order of first occurrence; undefined for no symbols. Ties
 * fall as in Python's heapq, so that files come out byte for byte as those of the original.
 */
export function huffmanTree(counts: ReadonlyMap<number, number>): HuffmanTree | undefined {
  const heap: HuffmanTree[] = [...counts].map(([symbol, count]) => ({ symbol, count }));
  for (let i = (heap.length >> 1) - 1; i >= 0; i--) sink(heap, i);
  while (heap.length > 1) {
    const left = pop(heap);
    const right = pop(heap);
    heap.push({ count: left.count + right.count, left, right });
    rise(heap, 0, heap.length - 1);
  }
  return heap[0];
}

function pop(heap: HuffmanTree[]): HuffmanTree {
  const last = heap.pop()!;
  if (heap.length === 0) return last;
  const first = heap[0]!;
  heap[0] = last;
  sink(heap, 0);
  return first;
}

/** Moves an item to the bottom along the smaller children, then up to its place. */
function sink(heap: HuffmanTree[], start: number): void {
  const item = heap[start]!;
  let at = start;
  for (let child = 2 * at + 1; child < heap.length; child = 2 * at + 1) {
    const right = child + 1;
    if (right < heap.length && heap[child]!.count >= heap[right]!.count) child = right;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = item;
  rise(heap, start, at);
}

function rise(heap: HuffmanTree[], start: number, from: number): void {
  const item = heap[from]!;
  let at = from;
  while (at > start) {
    const parent = (at - 1) >> 1;
    if (item.count >= heap[parent]!.count) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = item;
}
