import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { PareError } from '@pare/core';
import fc from 'fast-check';
import { readPickle } from './read-pickle.ts';
import type { ReadPickleOptions } from './read-pickle.ts';

const fixture = new URL('../../fixtures/pickles.json', import.meta.url);
const { python3 } = JSON.parse(readFileSync(fixture, 'utf8')) as { python3: { pickles: string[] } };
const pickles = python3.pickles.map((text) => Buffer.from(text, 'base64'));

const ascii = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

function failure(file: Uint8Array, options?: ReadPickleOptions): PareError {
  try {
    readPickle(file, options);
  } catch (error) {
    if (error instanceof PareError) return error;
    throw error;
  }
  throw new Error('expected a PareError');
}

describe('globals', () => {
  // What pickle.dumps(os.system) and friends give; none may run or be looked up.
  test.each([
    ['protocol 0', "cposix\nsystem\n(S'id'\ntR.", 'posix.system', 0],
    ['protocol 4', '\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x02id\x85R.', 'posix.system', 17],
    ['INST', "(S'id'\niposix\nsystem\n.", 'posix.system', 7],
    ['names of JavaScript', 'cconstructor\nconstructor\n.', 'constructor.constructor', 0],
  ])('that are not allowed are refused by name: %s', (_, text, name, at) => {
    const error = failure(ascii(text), { name: '/data/batch_1' });
    expect(error.code).toBe('PICKLE_GLOBAL');
    expect(error.message).toContain(`/data/batch_1, byte ${at}: asks Python for "${name}".`);
    expect(error.message).toContain('Pickles can run code; this reader makes plain data');
  });

  test('that are allowed are called with their arguments, and get later state', () => {
    const globals = {
      'numpy dtype': (...args: unknown[]) => {
        const made = { args, state: undefined as unknown, setState };
        function setState(state: unknown) {
          made.state = state;
        }
        return made;
      },
    };
    const file = ascii('\x80\x02cnumpy\ndtype\nU\x02u1K\0K\x01\x87RK\x03U\x01|\x86b.');
    expect(readPickle(file, { globals })).toMatchObject({
      args: [ascii('u1'), 0, 1],
      state: [3, ascii('|')],
    });
  });

  test('that fail are reported where they were called', () => {
    const cause = new RangeError('no such type');
    const globals = {
      'numpy dtype': () => {
        throw cause;
      },
    };
    const error = failure(ascii('\x80\x02cnumpy\ndtype\n)R.'), { globals });
    expect(error.message).toBe('pickle, byte 16: what it describes cannot be made: no such type.');
    expect(error.cause).toBe(cause);
  });

  test.each([
    ['text in another encoding', '\x80\x02c_codecs\nencode\nX\x01\0\0\0aX\x05\0\0\0utf16\x86R.'],
    ['a set of a number', '\x80\x02c__builtin__\nset\nK\x01\x85R.'],
    ['an ordered dict of numbers', '\x80\x02ccollections\nOrderedDict\n]K\x01a\x85R.'],
  ])('for plain data refuse %s', (_, text) => {
    expect(failure(ascii(text)).code).toBe('PICKLE_BAD_OBJECT');
  });

  test('attributes of a dict are left out', () => {
    const file = ascii('\x80\x02ccollections\nOrderedDict\n)RK\x01K\x02s}U\x01aK\x03sb.');
    expect(readPickle(file)).toEqual(new Map([[1, 2]]));
  });
});

describe('a pickle that is cut off', () => {
  test('anywhere is told so', () => {
    for (const pickle of pickles) {
      for (let end = 0; end < pickle.length; end++) {
        expect(failure(pickle.subarray(0, end)).code).toBe('PICKLE_TRUNCATED');
      }
    }
  });

  test.each([
    ['', 'byte 0: 1 bytes must follow; there are 0. The pickle is cut off after 0 bytes.'],
    ['\x80\x02T\x05\0\0\0abc', 'byte 2: 5 bytes must follow; there are 3.'],
    ['\x80\x04\x95\x09\0\0\0\0\0\0\0].', 'byte 2: 9 bytes must follow; there are 2.'],
    ['I12', 'byte 0: there is no end of the line.'],
  ])('%j says where and how much is missing', (text, message) => {
    expect(failure(ascii(text)).message).toContain(message);
  });
});

describe('a pickle that is damaged', () => {
  test('in one byte gives a value or an error of this reader, never another one', () => {
    const changed = fc.record({ which: fc.nat(5), at: fc.nat(2000), byte: fc.nat(255) });
    fc.assert(
      fc.property(changed, ({ which, at, byte }) => {
        const pickle = Uint8Array.from(pickles[which]!);
        pickle[at % pickle.length] = byte;
        try {
          readPickle(pickle);
        } catch (error) {
          expect(error).toBeInstanceOf(PareError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['<html>', 'byte 0: 0x3c is no instruction of a pickle. The data is damaged, or is no pickle.'],
    ['.', 'byte 0: takes a value; there is none'],
    ['K\x010\x30.', 'byte 3: takes a value; there is none'],
    ['(.', 'byte 1: takes a value; there is none'],
    ['K\x01t.', 'byte 2: takes values back to a mark; there is no mark'],
    ['h\x05.', 'byte 0: takes value 5, never stored'],
    ['K\x01K\x02a.', 'byte 4: appends to what is no list'],
    ['](K\x01\x90.', 'byte 4: adds to what is no set'],
    ['](K\x01K\x02u.', 'byte 6: sets keys of what is no dict'],
    ['}(K\x01u.', 'byte 4: sets a key without a value'],
    ['}U\x01aK\x01sX\x01\0\0\0aK\x02s.', 'byte 15: sets the key "a" of a dict twice'],
    ['K\x01)R.', 'byte 3: calls what is no global'],
    ['c__builtin__\nset\nK\x01R.', 'byte 19: calls what is no global, or without a tuple'],
    ['K\x01)\x93.', 'byte 3: asks for a global whose name is no text'],
    [']K\x01b.', 'byte 3: gives state to what takes none'],
    ['I1x\n.', 'byte 0: "1x" is no integer'],
    ['Fzero\n.', 'byte 0: "zero" is no number'],
    ["S'a\n.", 'byte 0: "\'a" is no quoted string'],
    ["S'\\q'\n.", 'is no quoted string'],
    ['X\x01\0\0\0\xff.', 'byte 0: text of 1 bytes is no UTF-8'],
  ])('%j is described', (text, message) => {
    const error = failure(ascii(text));
    expect(error.code).toBe('PICKLE_DAMAGED');
    expect(error.message).toContain(`pickle, ${message.startsWith('byte') ? message : 'byte 0'}`);
    expect(error.message).toContain(message);
  });
});

test.each([
  ['\x80\x06N.', 'the protocol is 6; this reader knows 0 to 5'],
  ['\x80\x04c__builtin__\nset\n)}\x92.', 'makes an object with named arguments'],
  ['Pa\n.', 'a reference to an object outside of it (a persistent id)'],
  ['K\x01Q.', 'a reference to an object outside of it (a persistent id)'],
  ['\x82\x01.', 'names a class by a number'],
  ['\x80\x05\x97.', 'keeps data in a buffer outside of it'],
])('%j is not supported, which is said', (text, message) => {
  const error = failure(ascii(text));
  expect(error.code).toBe('PICKLE_UNSUPPORTED');
  expect(error.message).toContain(message);
});
