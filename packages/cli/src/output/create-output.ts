import type { Host } from '../host.ts';
import type { Output } from './output.ts';

/** How much is said, and in which form. */
export interface OutputOptions {
  readonly json: boolean;
  /** Only the answer and errors. */
  readonly quiet: boolean;
}

/** Output of a command on a host. */
export function createOutput({ stdout, stderr }: Host, { json, quiet }: OutputOptions): Output {
  const line = (text: string) => (text.endsWith('\n') ? text : `${text}\n`);
  return {
    json,
    animated: !json && !quiet && stderr.isTerminal,
    print: (text) => {
      if (!json) stdout.write(line(text));
    },
    remark: (text) => {
      if (!json && !quiet) stderr.write(line(text));
    },
    emit: (object) => {
      if (json) stdout.write(`${JSON.stringify(object)}\n`);
    },
  };
}
