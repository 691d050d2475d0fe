import type { CommandResult, Output } from './output/output.ts';
import type { Host } from './host.ts';

/** What every command works with. */
export interface CommandContext {
  readonly host: Host;
  readonly output: Output;
}

/** Options of commands that read a configuration. */
export interface ConfigOptions {
  /** `a.b=c`, in order. */
  readonly set?: readonly string[];
  readonly name?: string;
  readonly seed?: string;
  readonly engine?: string;
}

/** A command: gives its result, and touches nothing but its context. */
export type Command<Arguments extends readonly unknown[]> = (
  context: CommandContext,
  ...args: Arguments
) => Promise<CommandResult>;
