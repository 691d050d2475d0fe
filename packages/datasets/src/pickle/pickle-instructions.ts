import {
  bytesFromRepr,
  floatFromText,
  integerFromBytes,
  integerFromText,
  textFromEscapes,
} from './pickle-literals.ts';
import type { PickleMachine } from './pickle-machine.ts';

/** What one instruction does. */
export type PickleInstruction = (machine: PickleMachine) => void;

const NEWEST_PROTOCOL = 5;
// Python's text may begin with U+FEFF; a decoder would drop it.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const structure: Record<string, PickleInstruction> = {
  '\x80': (m) => checkProtocol(m, m.cursor.uint8()),
  '\x95': (m) => m.cursor.expect(m.cursor.uint64()), // FRAME
  '(': (m) => m.mark(),
  '0': (m) => m.drop(),
  '1': (m) => void m.popToMark(),
  '2': (m) => m.push(m.top()),
  p: (m) => m.remember(memoIndex(m)),
  q: (m) => m.remember(m.cursor.uint8()),
  r: (m) => m.remember(m.cursor.uint32()),
  '\x94': (m) => m.remember(),
  g: (m) => m.recall(memoIndex(m)),
  h: (m) => m.recall(m.cursor.uint8()),
  j: (m) => m.recall(m.cursor.uint32()),
};

const numbers: Record<string, PickleInstruction> = {
  N: (m) => m.push(null),
  '\x88': (m) => m.push(true),
  '\x89': (m) => m.push(false),
  I: (m) => m.push(integerLine(m)),
  L: (m) => m.push(literal(m, integerFromText, 'integer')),
  J: (m) => m.push(m.cursor.int32()),
  K: (m) => m.push(m.cursor.uint8()),
  M: (m) => m.push(m.cursor.uint16()),
  '\x8a': (m) => m.push(integerFromBytes(m.cursor.bytes(m.cursor.uint8()))),
  '\x8b': (m) => m.push(integerFromBytes(m.cursor.bytes(m.cursor.uint32()))),
  F: (m) => m.push(literal(m, floatFromText, 'number')),
  G: (m) => m.push(m.cursor.float64()),
};

const texts: Record<string, PickleInstruction> = {
  S: (m) => m.push(literal(m, bytesFromRepr, 'quoted string')),
  T: (m) => m.push(m.cursor.bytes(m.cursor.uint32())),
  U: (m) => m.push(m.cursor.bytes(m.cursor.uint8())),
  B: (m) => m.push(m.cursor.bytes(m.cursor.uint32())),
  C: (m) => m.push(m.cursor.bytes(m.cursor.uint8())),
  '\x8e': (m) => m.push(m.cursor.bytes(m.cursor.uint64())),
  '\x96': (m) => m.push(m.cursor.bytes(m.cursor.uint64())), // bytearray
  V: (m) => m.push(textFromEscapes(m.cursor.line())),
  X: (m) => m.push(text(m, m.cursor.uint32())),
  '\x8c': (m) => m.push(text(m, m.cursor.uint8())),
  '\x8d': (m) => m.push(text(m, m.cursor.uint64())),
};

const collections: Record<string, PickleInstruction> = {
  ')': (m) => m.push([]),
  t: (m) => m.push(m.popToMark()),
  '\x85': (m) => m.push(m.popTuple(1)),
  '\x86': (m) => m.push(m.popTuple(2)),
  '\x87': (m) => m.push(m.popTuple(3)),
  ']': (m) => m.push([]),
  l: (m) => m.push(m.popToMark()),
  a: (m) => m.append([m.pop()]),
  e: (m) => m.append(m.popToMark()),
  '}': (m) => m.push(new Map()),
  d: (m) => newDict(m, m.popToMark()),
  s: (m) => m.setItems(m.popTuple(2)),
  u: (m) => m.setItems(m.popToMark()),
  '\x8f': (m) => m.push(new Set()),
  '\x90': (m) => m.addAll(m.popToMark()),
  '\x91': (m) => m.push(new Set(m.popToMark())),
};

const objects: Record<string, PickleInstruction> = {
  c: (m) => m.pushGlobal(m.cursor.line(), m.cursor.line()),
  '\x93': (m) => pushNamed(m, m.popTuple(2)),
  R: (m) => callWith(m, m.popTuple(2)),
  '\x81': (m) => callWith(m, m.popTuple(2)), // NEWOBJ
  o: (m) => callFirst(m, m.popToMark()), // OBJ
  i: (m) => callNamed(m, m.cursor.line(), m.cursor.line()), // INST
  b: (m) => m.build(m.pop()),
};

const unsupported: Record<string, string> = {
  '\x92': 'makes an object with named arguments',
  P: 'holds a reference to an object outside of it (a persistent id)',
  Q: 'holds a reference to an object outside of it (a persistent id)',
  '\x82': 'names a class by a number of the registry of its writer',
  '\x83': 'names a class by a number of the registry of its writer',
  '\x84': 'names a class by a number of the registry of its writer',
  '\x97': 'keeps data in a buffer outside of it',
  '\x98': 'keeps data in a buffer outside of it',
};

const supported = { ...structure, ...numbers, ...texts, ...collections, ...objects };

/** Instructions by their byte, protocols 0 to 5; STOP (0x2e) is the reader's. */
export const pickleInstructions: readonly (PickleInstruction | undefined)[] = Array.from(
  { length: 256 },
  (_, byte) => instructionOf(String.fromCharCode(byte)),
);

function instructionOf(character: string): PickleInstruction | undefined {
  const reason = unsupported[character];
  return reason === undefined ? supported[character] : (m) => refuse(m, reason);
}

function refuse({ cursor }: PickleMachine, reason: string): never {
  throw cursor.error('PICKLE_UNSUPPORTED', `${reason}. Write the data anew without that.`);
}

function checkProtocol({ cursor }: PickleMachine, protocol: number): void {
  if (protocol <= NEWEST_PROTOCOL) return;
  throw cursor.error(
    'PICKLE_UNSUPPORTED',
    `the protocol is ${protocol}; this reader knows 0 to ${NEWEST_PROTOCOL}. Write the data anew with pickle.dump(data, file, protocol=${NEWEST_PROTOCOL}).`,
  );
}

function literal<T>(m: PickleMachine, parse: (line: string) => T | undefined, what: string): T {
  const line = m.cursor.line();
  const value = parse(line);
  if (value === undefined) {
    throw m.cursor.damaged(`${JSON.stringify(line.slice(0, 40))} is no ${what}`);
  }
  return value;
}

/** Protocol 0 writes booleans as I00 and I01. */
function integerLine(m: PickleMachine): number | bigint | boolean {
  const parse = (line: string) => (/^0[01]$/.test(line) ? line === '01' : integerFromText(line));
  return literal(m, parse, 'integer');
}

function memoIndex(m: PickleMachine): number {
  return Number(literal(m, integerFromText, 'integer'));
}

function text(m: PickleMachine, length: number): string {
  const bytes = m.cursor.bytes(length);
  try {
    return utf8.decode(bytes);
  } catch {
    throw m.cursor.damaged(`text of ${length} bytes is no UTF-8`);
  }
}

function newDict(m: PickleMachine, items: readonly unknown[]): void {
  m.push(new Map());
  m.setItems(items);
}

function pushNamed(m: PickleMachine, [module, name]: readonly unknown[]): void {
  m.pushGlobal(module, name);
}

function callWith(m: PickleMachine, [callee, args]: readonly unknown[]): void {
  m.call(callee, args);
}

function callFirst(m: PickleMachine, [callee, ...args]: readonly unknown[]): void {
  m.call(callee, args);
}

function callNamed(m: PickleMachine, module: string, name: string): void {
  const args = m.popToMark();
  m.pushGlobal(module, name);
  m.call(m.pop(), args);
}
