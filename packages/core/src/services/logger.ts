import type { Logger } from '../contracts/services.ts';

/** A logger that writes lines, by default to standard error; warnings start with `warning: `. */
export function lineLogger(
  write: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
): Logger {
  return { info: (message) => write(message), warn: (message) => write(`warning: ${message}`) };
}

/** A logger that keeps quiet. */
export const silentLogger: Logger = { info: () => {}, warn: () => {} };
