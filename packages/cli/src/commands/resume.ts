import { readRunConfig, resumeExperiment } from '@pare/core';
import { resolve } from 'node:path';
import { compose } from '../compose.ts';
import { openParts } from '../experiment-parts.ts';
import { followRun } from '../run-view/follow-run.ts';
import type { Command } from '../command.ts';

/** Options of `pare resume`. */
export interface ResumeCommandOptions {
  readonly engine?: string;
}

/** `pare resume`: goes on with a run from its last checkpoint. */
export const resumeCommand: Command<[folder: string, options: ResumeCommandOptions]> = async (
  context,
  folder,
  { engine },
) => {
  const saved = (await readRunConfig(folder)) as Record<string, unknown>;
  const raw = engine === undefined ? saved : { ...saved, engine };
  const directory = resolve(context.host.cwd, folder);
  const { registry, config } = await compose(context, raw, { directory, source: folder });
  const signal = context.host.heedInterruption();
  await using run = registry.openRun({ seed: config.seed, folder });
  const parts = await openParts({ config }, run, signal, 'checkpoint');
  // Awaited here: the run is closed at the end of this block.
  return await followRun(context, parts.engine.info, resumeExperiment(folder, parts));
};
