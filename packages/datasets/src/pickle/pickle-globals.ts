import { latin1 } from './pickle-cursor.ts';

/** What pickles may call, by "module name" as the pickle writes it: "numpy.core.multiarray _reconstruct". */
export type PickleGlobals = Readonly<Record<string, (...args: unknown[]) => unknown>>;

/** How protocols 0 to 3 write plain data for which they have no instruction. */
export const plainGlobals: PickleGlobals = {
  '_codecs encode': toBytes,
  ...onBothPythons('bytes', toBytes),
  ...onBothPythons('bytearray', toBytes),
  ...onBothPythons('set', toSet),
  ...onBothPythons('frozenset', toSet),
  'collections OrderedDict': toMap,
};

function onBothPythons(name: string, make: PickleGlobals[string]): PickleGlobals {
  return { [`__builtin__ ${name}`]: make, [`builtins ${name}`]: make };
}

/** (), (bytes), or (text, 'latin1'): Python 3 writes bytes so for readers in Python 2. */
function toBytes(content: unknown = new Uint8Array(0), encoding?: unknown): Uint8Array {
  if (content instanceof Uint8Array) return content;
  const name = encoding instanceof Uint8Array ? latin1(encoding) : encoding;
  if (typeof content !== 'string' || (name !== 'latin1' && name !== 'latin-1')) {
    throw new TypeError('expected bytes, or text and the encoding latin1');
  }
  const bytes = Buffer.from(content, 'latin1');
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function toSet(items: unknown = []): Set<unknown> {
  if (!Array.isArray(items)) throw new TypeError('expected a list');
  return new Set<unknown>(items);
}

function toMap(pairs: unknown = []): Map<unknown, unknown> {
  const isPair = (pair: unknown) => Array.isArray(pair) && pair.length === 2;
  if (!Array.isArray(pairs) || !pairs.every(isPair))
    throw new TypeError('expected a list of pairs');
  return new Map(pairs.map(([key, value]: [unknown, unknown]) => [dictKey(key), value]));
}

/** Key of a dict: bytes (text in Python 2) become a string, one character a byte. */
export function dictKey(key: unknown): unknown {
  return key instanceof Uint8Array ? latin1(key) : key;
}
