import { taskError } from './task-error.ts';
import type { TaskSource } from './task-line.ts';

const numberPattern = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])/y;
const blanks = /\s*/y;
const token = /[\w.%*?-]+|\S/y;

/** Reads a line from left to right; blanks between what it reads do not count. */
export class LineScanner {
  readonly #source: TaskSource;
  readonly #text: string;
  #at = 0;

  constructor(source: TaskSource & { readonly text: string }) {
    this.#source = source;
    this.#text = source.text;
  }

  /** Of what comes next, from 1. */
  get column(): number {
    this.#match(blanks);
    return this.#at + 1;
  }

  get atEnd(): boolean {
    return this.column > this.#text.length;
  }

  /** What a sticky pattern matches next, or undefined. */
  take(pattern: RegExp): string | undefined {
    this.#match(blanks);
    return this.#match(pattern);
  }

  /** Whether this mark comes next; then it is read. */
  takeMark(mark: string): boolean {
    this.#match(blanks);
    if (!this.#text.startsWith(mark, this.#at)) return false;
    this.#at += mark.length;
    return true;
  }

  /** The number that comes next, with `%` as text, or undefined. */
  takeNumber(): number | string | undefined {
    const text = this.take(numberPattern);
    if (text === undefined) return undefined;
    // -0 would be printed as 0.
    const value = Number(text) + 0;
    return this.takeMark('%') ? `${value}%` : value;
  }

  /** Throws `TASK_SYNTAX`: what was expected here, or at a column, and what there is. */
  fail(expected: string, { hint = '', column = this.column } = {}): never {
    this.#at = column - 1;
    const there = this.#match(token);
    const received = there === undefined ? 'the end of the line' : `"${there}"`;
    const sentence = `expected ${expected}; received ${received}${hint}`;
    throw taskError('TASK_SYNTAX', this.#source, column, sentence);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }
}
