/** Sums behind means, as a checkpoint keeps them. */
export interface MeansState {
  readonly sums: Readonly<Record<string, number>>;
  readonly count: number;
  readonly correct: number;
}

/** Means over the examples of an epoch, summed in float64. */
export class RunningMeans {
  readonly #names: readonly string[];
  readonly #sums: Float64Array;
  #count = 0;
  #correct = 0;

  constructor(names: readonly string[], state?: MeansState) {
    this.#names = names;
    this.#sums = Float64Array.from(names, (name) => state?.sums[name] ?? 0);
    this.#count = state?.count ?? 0;
    this.#correct = state?.correct ?? 0;
  }

  /** Adds a batch: means by position of the name, right answers, examples. */
  add(value: (i: number) => number, correct: number, size: number): void {
    for (let i = 0; i < this.#sums.length; i++) this.#sums[i]! += value(i) * size;
    this.#correct += correct;
    this.#count += size;
  }

  /** Means by name, and `accuracy`; none before the first batch. */
  means(): Record<string, number> {
    if (this.#count === 0) return {};
    const entries = this.#names.map((name, i) => [name, this.#sums[i]! / this.#count]);
    return { ...Object.fromEntries(entries), accuracy: this.#correct / this.#count } as Record<
      string,
      number
    >;
  }

  state(): MeansState {
    const sums = Object.fromEntries(this.#names.map((name, i) => [name, this.#sums[i]!]));
    return { sums, count: this.#count, correct: this.#correct };
  }
}
