import { describe, expect, test } from '@jest/globals';
import { PareError } from '@pare/core';
import { countFromValue, imageFromValue, keysFromValue } from './image-value.ts';

const NAME = 'train.lmdb, key "7"';
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const base64 = (text: string) => Buffer.from(text, 'base64');

function failure(run: () => unknown): PareError {
  try {
    run();
  } catch (error) {
    if (error instanceof PareError) return error;
    throw error;
  }
  throw new Error('expected a PareError');
}

const messageOf = (value: Uint8Array) => failure(() => imageFromValue(value, NAME)).message;

/** The pickle, in protocol 3, of the pair (b'\xff\xd8', label); `label` are its instructions. */
const pairWith = (label: string) => hex(`8003 43 02 ffd8 ${label} 86 2e`);

test('a pair of bytes and a label is an image', () => {
  expect(imageFromValue(pairWith('4d e703'), NAME)).toEqual({
    bytes: Uint8Array.of(0xff, 0xd8),
    label: 999,
  });
});

describe('a label', () => {
  test.each([
    ['a boolean', '88', 'true'],
    ['negative', '4a ffffffff', '-1'],
    ['a fraction', '47 3fe0000000000000', '0.5'],
    ['text', '8c 01 33', 'text of 1 characters'],
    ['nothing', '4e', 'None'],
    ['beyond 2^53', '8a 09 000000000000000001', '18446744073709551616'],
    ['a list', '5d', 'a list of 0'],
    ['a dict', '7d', 'a dict of 0'],
    ['a set', '8f', 'a set of 0'],
  ])('that is %s is refused', (_, instructions, shown) => {
    // A list is shown with its items, here none.
    const text = instructions === '5d' ? '[]' : shown;
    expect(messageOf(pairWith(instructions))).toBe(
      `${NAME}: the label must be a whole number from 0; it is ${text}. Write the file anew.`,
    );
  });
});

describe('a value that is no pickled pair is described by its first bytes:', () => {
  // What the libraries really write for (b'\xff\xd8\xff' + bytes(5000), 3), from the beginning.
  test.each([
    ['a bare JPEG image without a label', hex('ffd8ffe000104a464946000101000001')],
    ['a bare PNG image without a label', hex('89504e470d0a1a0a0000000d49484452')],
    ['a NumPy array (.npy)', hex('934e554d50590100760000')],
    ['what may be msgpack', hex('92c5138bffd8ff0000000000')],
    [
      'what may be Apache Arrow (pyarrow)',
      hex('00000000000000000000000000000000ffffffffa801000010000000'),
    ],
    ['something else', Buffer.from('hello world, here I am')],
  ])('%s', (format, value) => {
    const error = failure(() => imageFromValue(value, NAME));
    const first = value.toString('hex').slice(0, 22);
    expect(error.code).toBe('LMDB_BAD_VALUE');
    expect(error.message).toContain(
      `${NAME}: must be a pickled pair (bytes of an image file, label); found ${format}: ${value.length} bytes that begin with`,
    );
    expect(error.message.replaceAll(' ', '')).toContain(first);
  });

  test('nothing', () => {
    expect(messageOf(hex(''))).toContain('0 bytes that begin with nothing. As a pickle, byte 0:');
  });

  // pickle.dumps((array, 3), 4) and pickle.dumps((b'...', numpy.int64(3)), 4) of NumPy 1.24.
  test.each([
    [
      'numpy.core.multiarray._reconstruct',
      'gASVkgAAAAAAAACMFW51bXB5LmNvcmUubXVsdGlhcnJheZSMDF9yZWNvbnN0cnVjdJSTlIwFbnVtcHmUjAduZGFycmF5lJOUSwCFlEMBYpSHlFKUKEsBSwJLAoaUaAOMBWR0eXBllJOUjAJ1MZSJiIeUUpQoSwOMAXyUTk5OSv////9K/////0sAdJRiiUMEAAECA5R0lGJLA4aULg==',
    ],
    [
      'numpy.core.multiarray.scalar',
      'gASVcQAAAAAAAABDA//Y/5SMFW51bXB5LmNvcmUubXVsdGlhcnJheZSMBnNjYWxhcpSTlIwFbnVtcHmUjAVkdHlwZZSTlIwCaTiUiYiHlFKUKEsDjAE8lE5OTkr/////Sv////9LAHSUYkMIAwAAAAAAAACUhpRSlIaULg==',
    ],
  ])('a pickle with %s', (global, pickle) => {
    const error = failure(() => imageFromValue(base64(pickle), NAME));
    expect(error.message).toContain('found another pickle: ');
    expect(error.message).toContain(`asks Python for "${global}". Pickles can run code`);
    expect((error.cause as PareError).code).toBe('PICKLE_GLOBAL');
  });

  test.each([
    ['a number', '8003 4b05 2e', '5'],
    ['a list of three', '8003 5d 28 4301ff 4b05 4e 65 2e', '[1 bytes, 5, None]'],
    ['text and a label', '8003 5801000000 61 4b05 86 2e', '[text of 1 characters, 5]'],
  ])('%s', (_, pickle, shown) => {
    expect(messageOf(hex(pickle))).toBe(
      `${NAME}: the pickle must be a pair (bytes of an image file, label); it is ${shown}. Write the file anew.`,
    );
  });
});

test('the number of images must be a whole number from 0', () => {
  expect(countFromValue(hex('8003 4a 1f8c1300 2e'), NAME)).toBe(1281055);
  expect(failure(() => countFromValue(hex('8003 89 2e'), NAME)).message).toContain(
    'the number of images must be a whole number from 0; it is false',
  );
});

test('the list of keys must be of bytes', () => {
  expect(keysFromValue(hex('8003 5d 430130 61 2e'), NAME)).toEqual([Uint8Array.of(0x30)]);
  expect(failure(() => keysFromValue(hex('8003 5d 5801000000 30 61 2e'), NAME)).message).toContain(
    'must be a list of keys, each of bytes; it is [text of 1 characters]',
  );
});
