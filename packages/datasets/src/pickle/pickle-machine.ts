import { PareError } from '@pare/core';
import { dictKey } from './pickle-globals.ts';
import type { PickleCursor } from './pickle-cursor.ts';
import type { PickleGlobals } from './pickle-globals.ts';

const MARK = Symbol('mark');

/** The stack and the memo of a pickle under way; what the instructions work on. */
export class PickleMachine {
  readonly cursor: PickleCursor;
  readonly #globals: PickleGlobals;
  readonly #stack: unknown[] = [];
  readonly #memo = new Map<number, unknown>();

  constructor(cursor: PickleCursor, globals: PickleGlobals) {
    this.cursor = cursor;
    this.#globals = globals;
  }

  push(value: unknown): void {
    this.#stack.push(value);
  }

  mark(): void {
    this.#stack.push(MARK);
  }

  pop(): unknown {
    const top = this.top();
    this.#stack.pop();
    return top;
  }

  /** Removes the top, a mark as well: POP does both. */
  drop(): void {
    if (this.#stack.length === 0) throw this.#noValue();
    this.#stack.pop();
  }

  top(): unknown {
    const top = this.#stack.at(-1);
    if (this.#stack.length === 0 || top === MARK) throw this.#noValue();
    return top;
  }

  /** The last `count` values, first one first. */
  popTuple(count: number): unknown[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  /** What was put since the last mark, and the mark. */
  popToMark(): unknown[] {
    const mark = this.#stack.lastIndexOf(MARK);
    if (mark < 0) throw this.cursor.damaged('takes values back to a mark; there is no mark');
    const items = this.#stack.splice(mark);
    items.shift();
    return items;
  }

  remember(index = this.#memo.size): void {
    this.#memo.set(index, this.top());
  }

  recall(index: number): void {
    if (!this.#memo.has(index)) throw this.cursor.damaged(`takes value ${index}, never stored`);
    this.push(this.#memo.get(index));
  }

  append(items: readonly unknown[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw this.cursor.damaged('appends to what is no list');
    for (const item of items) list.push(item);
  }

  addAll(items: readonly unknown[]): void {
    const set = this.top();
    if (!(set instanceof Set)) throw this.cursor.damaged('adds to what is no set');
    for (const item of items) set.add(item);
  }

  /** `items` are key, value, key, value ... */
  setItems(items: readonly unknown[]): void {
    const map = this.top();
    if (!(map instanceof Map)) throw this.cursor.damaged('sets keys of what is no dict');
    if (items.length % 2 > 0) throw this.cursor.damaged('sets a key without a value');
    for (let i = 0; i < items.length; i += 2) {
      const key = dictKey(items[i]);
      if (typeof key === 'string' && map.has(key)) {
        throw this.cursor.damaged(`sets the key "${key}" of a dict twice`);
      }
      map.set(key, items[i + 1]);
    }
  }

  pushGlobal(module: unknown, name: unknown): void {
    if (typeof module !== 'string' || typeof name !== 'string') {
      throw this.cursor.damaged('asks for a global whose name is no text');
    }
    const key = `${module} ${name}`;
    if (!Object.hasOwn(this.#globals, key)) {
      throw this.cursor.error(
        'PICKLE_GLOBAL',
        `asks Python for "${module}.${name}". Pickles can run code; this reader makes plain data and does not. Write the data anew from dicts, lists, text, bytes and numbers.`,
      );
    }
    this.push(this.#globals[key]);
  }

  /** Calls what pushGlobal() has pushed. */
  call(callee: unknown, args: unknown): void {
    if (typeof callee !== 'function' || !Array.isArray(args)) {
      throw this.cursor.damaged('calls what is no global, or without a tuple of arguments');
    }
    this.#guard(() => this.push((callee as PickleGlobals[string])(...(args as unknown[]))));
  }

  /** BUILD: `setState(state)` of what a global has made; attributes of a dict are left out. */
  build(state: unknown): void {
    const object = this.top();
    if (object instanceof Map) return;
    if (!hasSetState(object)) throw this.cursor.damaged('gives state to what takes none');
    this.#guard(() => object.setState(state));
  }

  #guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      if (error instanceof PareError) throw error;
      const message = `what it describes cannot be made: ${(error as Error).message}.`;
      throw this.cursor.error('PICKLE_BAD_OBJECT', message, { cause: error });
    }
  }

  #noValue(): PareError {
    return this.cursor.damaged('takes a value; there is none');
  }
}

function hasSetState(value: unknown): value is { setState(state: unknown): void } {
  const object = value as { setState?: unknown } | null;
  return typeof object === 'object' && typeof object?.setState === 'function';
}
