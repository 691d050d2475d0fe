import { PareError } from '@pare/core';

const mostValues = 1000;

/** Numbers of `from:to:step`, both ends included, or of a list with commas. Throws USAGE; `what` begins its message. */
export function rangeValues(text: string, what: string): number[] {
  return text.includes(':')
    ? stepped(text, what)
    : text.split(',').map((part) => numberOf(part, what));
}

function stepped(text: string, what: string): number[] {
  const parts = text.split(':').map((part) => numberOf(part, what));
  const [from, to, step] = parts;
  if (parts.length !== 3 || step! <= 0) {
    throw usage(what, `expected from:to:step with a step above 0; received "${text}"`);
  }
  const length = Math.abs(to! - from!) / step!;
  if (length >= mostValues) {
    throw usage(what, `more than ${mostValues} settings; take a larger step`);
  }
  const direction = Math.sign(to! - from!);
  // Steps that are no binary fractions add up to a little more or less than they should.
  const count = Math.floor(length + 1e-9);
  const values = Array.from({ length: count + 1 }, (_, i) =>
    Number((from! + direction * i * step!).toPrecision(12)),
  );
  return length - count > 1e-9 ? [...values, to!] : values;
}

function numberOf(text: string, what: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw usage(
    what,
    `expected from:to:step or numbers with commas, such as 0.25:1:0.05 or 0.25,0.5,1; "${text}" is no number`,
  );
}

const usage = (what: string, problem: string) => new PareError('USAGE', `${what}: ${problem}.`);
