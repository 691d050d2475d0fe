/** Many short texts as one: a data set has millions of file names, and each text of its own takes twice the memory. */
export class PackedNames {
  readonly #text: string;
  /** End of each name in the text. */
  readonly #ends: Uint32Array;

  constructor(names: readonly string[]) {
    let end = 0;
    this.#ends = Uint32Array.from(names, (name) => (end += name.length));
    this.#text = names.join('');
  }

  get count(): number {
    return this.#ends.length;
  }

  /** Name `index`, from 0. */
  at(index: number): string {
    return this.#text.slice(index === 0 ? 0 : this.#ends[index - 1], this.#ends[index]);
  }
}
