import { exitCodes } from './exit-codes.ts';
import type { Host, TextSink } from './host.ts';

/** The real process. Only this file and `bin.ts` touch it. */
export function processHost(): Host {
  const controller = new AbortController();
  let heeded = false;
  return {
    stdout: sinkOf(process.stdout, loseOutput),
    stderr: sinkOf(process.stderr, loseOutput),
    cwd: process.cwd(),
    env: process.env,
    heedInterruption: () => {
      if (!heeded) process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
      heeded = true;
      return controller.signal;
    },
  };

  function interrupt(): void {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    process.stderr.write('\nStopping after this step; once more to stop at once.\n');
    controller.abort();
  }

  /** What has nothing to lose ends; a run stops as after Ctrl-C, as nobody would see it go on. */
  function loseOutput({ code, message }: NodeJS.ErrnoException): void {
    // A reader that has seen enough (`pare plugins | head`) closes the pipe; that is no failure.
    const isClosed = code === 'EPIPE';
    if (controller.signal.aborted) return;
    if (!heeded) process.exit(isClosed ? exitCodes.ok : exitCodes.failed);
    // Before the writing: where standard error is what was lost, this is called again.
    controller.abort();
    if (!isClosed) process.once('exit', () => (process.exitCode = exitCodes.failed));
    // Set once the command is done: then there is nothing left to stop.
    if (isClosed && process.exitCode !== undefined) return;
    const what = isClosed ? 'the reader has closed it' : message;
    process.stderr.write(`The output cannot be written: ${what}. Stopping after this step.\n`);
  }
}

function sinkOf(stream: NodeJS.WriteStream, onError: (error: Error) => void): TextSink {
  stream.on('error', onError);
  return {
    write: (text) => stream.write(text),
    // Some pseudo-terminals have no columns; drawing a line over itself never ends there.
    isTerminal: Boolean(stream.isTTY && stream.columns),
    columns: stream.columns || 80,
  };
}
