import { PickleCursor } from './pickle-cursor.ts';
import { plainGlobals } from './pickle-globals.ts';
import { pickleInstructions } from './pickle-instructions.ts';
import { PickleMachine } from './pickle-machine.ts';
import type { PickleGlobals } from './pickle-globals.ts';

const STOP = 0x2e;

/** How a pickle is read. */
export interface ReadPickleOptions {
  /**
   * What it may call beside plain data, by "module name": `'numpy dtype': (code) => ...`. State given later (BUILD) goes to
   * `setState(state)` of the result. Default: nothing.
   */
  readonly globals?: PickleGlobals;
  /** What messages call it: its path. Default: "pickle". */
  readonly name?: string;
}

/**
 * Reads a Python pickle of plain data, protocols 0 to 5, and runs no code.
 *
 * dict: Map, with keys of bytes (text in Python 2) as strings of one character a byte. list, tuple: array. set: Set.
 * bytes, bytearray, text of Python 2: Uint8Array, views of `bytes` where they lie there plainly. int: number, or bigint from 2^53.
 *
 * Throws PICKLE_GLOBAL where it asks for anything else, PICKLE_TRUNCATED, PICKLE_DAMAGED, PICKLE_UNSUPPORTED, PICKLE_BAD_OBJECT.
 */
export function readPickle(bytes: Uint8Array, options: ReadPickleOptions = {}): unknown {
  const { globals = {}, name = 'pickle' } = options;
  const cursor = new PickleCursor(bytes, name);
  const machine = new PickleMachine(cursor, { ...plainGlobals, ...globals });
  for (let code = cursor.instruction(); code !== STOP; code = cursor.instruction()) {
    const run = pickleInstructions[code];
    if (!run) {
      const hex = code.toString(16).padStart(2, '0');
      throw cursor.damaged(`0x${hex} is no instruction of a pickle`);
    }
    run(machine);
  }
  return machine.pop();
}
