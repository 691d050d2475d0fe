import { exitCodes } from './exit-codes.ts';
import type { Host, TextSink } from './host.ts';

/** The real process. Only this file and `bin.ts` touch it. */
export function processHost(): Host {
  return {
    stdout: sinkOf(process.stdout),
    stderr: sinkOf(process.stderr),
    cwd: process.cwd(),
    env: process.env,
    heedInterruption,
  };
}

function sinkOf(stream: NodeJS.WriteStream): TextSink {
  // A reader that has seen enough (`pare plugins | head`) closes the pipe; that is no failure.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCodes.ok);
    throw error;
  });
  return {
    write: (text) => stream.write(text),
    // Some pseudo-terminals have no columns; drawing a line over itself never ends there.
    isTerminal: Boolean(stream.isTTY && stream.columns),
    columns: stream.columns || 80,
  };
}

function heedInterruption(): AbortSignal {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    process.stderr.write('\nStopping after this step; once more to stop at once.\n');
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
}
