/** A Python integer: a number where that is exact (to 2^53 - 1), else a bigint. */
export function integer(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Two's complement, little-endian, any length; no bytes are 0. */
export function integerFromBytes(bytes: Uint8Array): number | bigint {
  if (bytes.length === 0) return 0;
  const hex = Buffer.from(bytes).reverse().toString('hex');
  return integer(BigInt.asIntN(8 * bytes.length, BigInt(`0x${hex}`)));
}

/** Decimal text as in "12", "-3" and "4L"; undefined if it is none. */
export function integerFromText(text: string): number | bigint | undefined {
  return /^[+-]?\d+L?$/.test(text) ? integer(BigInt(text.replace(/^\+|L$/g, ''))) : undefined;
}

/** As Python's repr() writes it; undefined if it is none. */
export function floatFromText(text: string): number | undefined {
  if (/^[+-]?nan$/.test(text)) return NaN;
  if (/^[+-]?inf$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

const LETTERS: Readonly<Record<string, string>> = {
  ...{ '\\': '\\', "'": "'", '"': '"', '\n': '' },
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
};

/** Bytes of a quoted string of Python 2 with its escapes ('\x00', '\n'); undefined if it is none. */
export function bytesFromRepr(text: string): Uint8Array | undefined {
  const quoted = /^(['"])([^]*)\1$/.exec(text);
  if (!quoted) return undefined;
  let known = true;
  const plain = quoted[2]!.replace(
    /\\(?:x([\da-fA-F]{2})|([0-7]{1,3})|([^]?))/g,
    (_, hex?: string, octal?: string, letter?: string) => {
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & 255);
      known &&= Object.hasOwn(LETTERS, letter!);
      return LETTERS[letter!] ?? '';
    },
  );
  return known ? Uint8Array.from(plain, (character) => character.charCodeAt(0)) : undefined;
}

/** Text in Python's raw-unicode-escape: one character a byte, others as \u0041 or \U0001f600. */
export function textFromEscapes(text: string): string {
  return text.replace(
    /\\u([\da-fA-F]{4})|\\U([\da-fA-F]{8})/g,
    (all, short?: string, long?: string) => {
      const code = parseInt(short ?? long!, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}
