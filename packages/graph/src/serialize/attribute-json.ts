import type { Attribute, Attributes } from '../ir/value.ts';

/** JSON form of an attribute; typed arrays become base64 of their little-endian bytes. */
export type JsonAttribute =
  number | string | boolean | readonly JsonAttribute[] | { readonly [key: string]: JsonAttribute };

const arrayTypes = { Float32Array, Int32Array, Uint8Array };

function encode(value: Attribute): JsonAttribute | undefined {
  if (ArrayBuffer.isView(value)) {
    const data = value;
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    let characters = '';
    for (const byte of bytes) characters += String.fromCharCode(byte);
    return { type: data.constructor.name, base64: btoa(characters) };
  }
  if (Array.isArray(value)) return (value as readonly Attribute[]).map((item) => encode(item)!);
  if (Object.is(value, -0)) return { number: '-0' };
  if (typeof value === 'number' && !Number.isFinite(value)) return { number: String(value) };
  return value as JsonAttribute | undefined;
}

function decode(value: JsonAttribute): Attribute {
  if (Array.isArray(value)) return (value as readonly JsonAttribute[]).map(decode);
  if (typeof value !== 'object') return value;
  const { type, base64, number } = value as Record<string, string>;
  if (number !== undefined) return Number(number);
  const bytes = Uint8Array.from(atob(base64!), (character) => character.charCodeAt(0));
  return new arrayTypes[type as keyof typeof arrayTypes](bytes.buffer);
}

/** Attributes as JSON data, keys sorted. */
export function encodeAttributes(attributes: Attributes): Record<string, JsonAttribute> {
  const entries = Object.entries(attributes)
    .map(([key, value]) => [key, encode(value)] as const)
    .filter((entry): entry is readonly [string, JsonAttribute] => entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

/** Inverse of `encodeAttributes`. */
export function decodeAttributes(attributes: Readonly<Record<string, JsonAttribute>>): Attributes {
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, decode(value)]));
}
