import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { PareError } from '../errors/pare-error.ts';
import { plainData } from './plain-data.ts';

/** A configuration file as it was written: plain data, nothing checked. */
export type RawConfig = Record<string, unknown>;

/** Reads a YAML or JSON file. Throws `CONFIG_NOT_FOUND`, and `CONFIG_SYNTAX` with line and column. */
export async function readConfig(path: string): Promise<RawConfig> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder; expected a YAML or JSON file'
          : message;
    throw new PareError(
      'CONFIG_NOT_FOUND',
      `The configuration "${path}" cannot be read: ${reason}.`,
      { cause: error },
    );
  }
  return parseConfig(text, path);
}

/** Reads the text of a YAML or JSON configuration; `source` names it in errors. */
export function parseConfig(text: string, source: string): RawConfig {
  const data = parseYaml(text, source);
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    const received =
      data === null ? 'nothing' : Array.isArray(data) ? 'a list' : JSON.stringify(data);
    throw new PareError(
      'CONFIG_SYNTAX',
      `${source}: expected a mapping with "model", "dataset" and "method"; received ${received}.`,
    );
  }
  return data as RawConfig;
}

function parseYaml(text: string, source: string): unknown {
  const strict = strictJson(text);
  if (strict) return strict.value;
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const problem = document.errors[0];
  if (!problem) {
    return plainData(document, (what) => new PareError('CONFIG_SYNTAX', `${source}: ${what}.`));
  }
  const { line, col } = lineCounter.linePos(problem.pos[0]);
  const excerpt = text.split(/\r?\n/)[line - 1] ?? '';
  throw new PareError(
    'CONFIG_SYNTAX',
    `${source}, line ${line}, column ${col}: ${problem.message}\n  ${excerpt}\n  ${' '.repeat(col - 1)}^`,
  );
}

/** JSON where the text is JSON: YAML forbids tabs that JSON allows. What is not falls to YAML, which tells the line. */
function strictJson(text: string): { value: unknown } | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
