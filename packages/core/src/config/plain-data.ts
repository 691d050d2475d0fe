import type { Document } from 'yaml';
import type { PareError } from '../errors/pare-error.ts';

/** The data of a YAML document. Throws what `fail` makes for aliases that go round in a circle or multiply without end. */
export function plainData(document: Document, fail: (problem: string) => PareError): unknown {
  try {
    const data: unknown = document.toJS();
    JSON.stringify(data);
    return data;
  } catch {
    throw fail('aliases (*name) contain themselves or are too many; write the values out');
  }
}
