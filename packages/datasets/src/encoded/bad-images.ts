import { PareError } from '@pare/core';
import type { Logger } from '@pare/core';

/** How many are named; of more than these only the number is told. */
const NAMED = 20;
const codes = new Set(['DATASET_BAD_IMAGE', 'DATASET_UNREADABLE']);

/** Images of a split that could not be used: throws the error again, or remembers the image and warns once. */
export class BadImages {
  readonly #owner: string;
  readonly #policy: 'fail' | 'skip';
  readonly #log: Logger | undefined;
  readonly #known = new Set<number>();

  /** `owner` names data set and split in messages. */
  constructor(owner: string, policy: 'fail' | 'skip', log: Logger | undefined) {
    this.#owner = owner;
    this.#policy = policy;
    this.#log = log;
  }

  get count(): number {
    return this.#known.size;
  }

  has(index: number): boolean {
    return this.#known.has(index);
  }

  /** Takes note of what reading an image threw. Errors that do not come from the image are always thrown. */
  add(index: number, error: unknown): void {
    if (!(error instanceof PareError) || !codes.has(error.code)) throw error;
    if (this.#policy === 'fail') throw withAdvice(error);
    if (this.#known.has(index)) return;
    this.#known.add(index);
    if (this.count < NAMED) this.#warn(error.message);
    else if (this.count === NAMED) this.#warn(`${error.message} Further ones are not named.`);
    else if (Number.isInteger(Math.log10(this.count))) this.#warn('and others.');
  }

  #warn(text: string): void {
    this.#log?.warn(`${this.#owner}: bad images so far: ${this.count}. Skipped: ${text}`);
  }
}

const withAdvice = (error: PareError): PareError =>
  new PareError(
    error.code,
    `${error.message} Get the file again, or set "onBadImage" to "skip" to go on without it.`,
    { cause: error },
  );
