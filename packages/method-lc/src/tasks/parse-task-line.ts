import { LineScanner } from './line-scanner.ts';
import type { Argument, Selector, TaskLine, TaskSource, Term } from './task-line.ts';

const layerPattern = /[\w.*?/-]+/y;
const word = /[A-Za-z][\w-]*/y;
const key = /[A-Za-z][\w-]*(?=\s*=)/y;
const each = /each(?=\s+[\w*?])/y;
const except = /except(?=\s)/y;
const repeated = /with(?=\s)/y;
const narrowed = /(?:conv|dense|depthwise)(?=\s|,|:|$)/y;

/**
 * A task in one line: `[each] layers [except layers]: compression(options) [+ compression(options) ...]
 * [with repetitions=10]`. Throws `TASK_SYNTAX` with line, column, what was expected and what was received.
 */
export function parseTaskLine(source: TaskSource & { readonly text: string }): TaskLine {
  const scanner = new LineScanner(source);
  const alone = scanner.take(each) !== undefined;
  const layers = parseSelectors(scanner);
  const left = scanner.take(except) === undefined ? [] : parseSelectors(scanner);
  if (!scanner.takeMark(':')) {
    const hint = ' (a task is written "layers: compression(options)")';
    scanner.fail('":" after the layers', { hint });
  }
  const terms = parseTerms(scanner);
  const repetitions = parseRepetitions(scanner);
  end(scanner);
  return { source, each: alone, layers, except: left, terms, ...repetitions };
}

/** Compressions alone, added up: `prune(1%) + quantize(k=2)`. */
export function parseSum(source: TaskSource & { readonly text: string }): Term[] {
  const scanner = new LineScanner(source);
  const terms = parseTerms(scanner);
  end(scanner);
  return terms;
}

function end(scanner: LineScanner): void {
  if (!scanner.atEnd) scanner.fail('"+" and another compression, or the end of the line');
}

function parseTerms(scanner: LineScanner): Term[] {
  const terms = [parseTerm(scanner)];
  while (scanner.takeMark('+')) terms.push(parseTerm(scanner));
  return terms;
}

function parseSelectors(scanner: LineScanner): Selector[] {
  const selectors = [parseSelector(scanner)];
  while (scanner.takeMark(',')) selectors.push(parseSelector(scanner));
  return selectors;
}

function parseSelector(scanner: LineScanner): Selector {
  const { column } = scanner;
  const text = scanner.take(layerPattern);
  if (text === undefined) return scanner.fail('the name of a layer, a pattern such as fc*, or all');
  const kind = text === 'all' ? scanner.take(narrowed) : undefined;
  return { text: kind === undefined ? text : `all ${kind}`, column };
}

function parseTerm(scanner: LineScanner): Term {
  const { column } = scanner;
  const name = scanner.take(word);
  if (name === undefined) return scanner.fail('a compression such as prune or quantize');
  return { name, arguments: scanner.takeMark('(') ? parseArguments(scanner) : [], column };
}

function parseArguments(scanner: LineScanner): Argument[] {
  const found: Argument[] = [];
  if (scanner.takeMark(')')) return found;
  do found.push(parseArgument(scanner));
  while (scanner.takeMark(','));
  if (!scanner.takeMark(')')) scanner.fail('"," or ")"');
  return found;
}

function parseArgument(scanner: LineScanner): Argument {
  const { column } = scanner;
  const name = scanner.take(key);
  if (name === undefined) return { value: parseValue(scanner, 'an option'), column };
  scanner.takeMark('=');
  const value = parseValue(scanner, `a value of "${name}"`);
  return {
    key: name,
    value: value === 'true' || value === 'false' ? value === 'true' : value,
    column,
  };
}

function parseValue(scanner: LineScanner, what: string): unknown {
  if (scanner.takeMark('[')) return parseList(scanner);
  const value = scanner.takeNumber() ?? scanner.take(word);
  return value ?? scanner.fail(`${what}: a number, a percentage, a word or a list of numbers`);
}

function parseList(scanner: LineScanner): number[] {
  const numbers: number[] = [];
  do {
    const { column } = scanner;
    const value = scanner.takeNumber();
    if (typeof value !== 'number') return scanner.fail('a number of the list', { column });
    numbers.push(value);
  } while (scanner.takeMark(','));
  if (!scanner.takeMark(']')) scanner.fail('"," or "]"');
  return numbers;
}

function parseRepetitions(scanner: LineScanner): { repetitions?: number } {
  if (scanner.take(repeated) === undefined) return {};
  const from = scanner.column;
  if (scanner.take(key) !== 'repetitions') {
    scanner.fail('repetitions=<rounds> after "with"', { column: from });
  }
  scanner.takeMark('=');
  const { column } = scanner;
  const value = scanner.takeNumber();
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) {
    return { repetitions: value };
  }
  return scanner.fail('a whole number of rounds from 1', { column });
}
