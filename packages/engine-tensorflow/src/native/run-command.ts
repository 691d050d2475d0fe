import { spawn } from 'node:child_process';

import { PareError } from '@pare/core';

/** How a command ended and what it printed. */
export interface CommandResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Options of `runCommand`. */
export interface CommandOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly signal?: AbortSignal;
  /** Milliseconds after which the command is killed. Default: none. */
  readonly timeout?: number;
  /** What to do when the command is not there, for the error text. */
  readonly advice: string;
}

/** Runs a program without a shell. Throws TOOL_MISSING when it is not on PATH, ABORTED when stopped. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const { env, cwd, signal, timeout } = options;
    const child = spawn(command, args, {
      env,
      cwd,
      signal,
      timeout,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', (cause: NodeJS.ErrnoException) => {
      reject(describeFailure(command, cause, options.advice));
    });
    child.on('close', (code, endSignal) => {
      resolve({ code, signal: endSignal, stdout, stderr });
    });
  });
}

/** The last lines of what a command said, for an error text. */
export function lastLines({ stdout, stderr }: CommandResult, lines = 12): string {
  const text = stderr.trim() === '' ? stdout : stderr;
  return text.trim().split('\n').slice(-lines).join('\n');
}

function describeFailure(command: string, cause: NodeJS.ErrnoException, advice: string): PareError {
  if (cause.name === 'AbortError') {
    return new PareError('ABORTED', `Stopped while ${command} was running.`, { cause });
  }
  if (cause.code === 'ENOENT') {
    return new PareError('TOOL_MISSING', `The program ${command} was not found. ${advice}`, {
      cause,
    });
  }
  return new PareError('TOOL_FAILED', `${command} could not start: ${cause.message}`, { cause });
}
