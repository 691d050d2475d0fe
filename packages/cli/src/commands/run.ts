import { runExperiment } from '@pare/core';
import { composeConfig } from '../compose.ts';
import { openParts } from '../experiment-parts.ts';
import { followRun } from '../run-view/follow-run.ts';
import type { Command, ConfigOptions } from '../command.ts';

/** Options of `pare run`. */
export interface RunCommandOptions extends ConfigOptions {
  readonly force?: boolean;
}

/** `pare run`: trains and compresses a network as a configuration says, into a new run folder. */
export const runCommand: Command<[config: string, options: RunCommandOptions]> = async (
  context,
  path,
  { force = false, ...options },
) => {
  const { registry, config } = await composeConfig(context, path, options);
  const signal = context.host.heedInterruption();
  await using run = registry.openRun({ seed: config.seed, folder: config.output });
  const parts = await openParts({ config }, run, signal, 'start');
  const folder = config.output;
  // Awaited here: the run is closed at the end of this block.
  return await followRun(
    context,
    parts.engine.info,
    runExperiment({ ...parts, folder, name: config.name, force }),
  );
};
