import type { Command } from 'commander';
import type { CommandContext } from '../command.ts';
import type { CommandResult } from '../output/output.ts';

/** A command's own part: what to run with which arguments. */
export type Action = (...args: never[]) => Promise<CommandResult>;

/** What a part of the command line is made with. */
export interface ProgramParts {
  readonly context: CommandContext;
  readonly program: Command;
  /** Adds a command with the options that all have. */
  readonly command: (name: string, description: string, parent?: Command) => Command;
  /** An action whose result ends the command of that name. */
  readonly end: (name: string, run: Action) => (...args: unknown[]) => Promise<void>;
}
