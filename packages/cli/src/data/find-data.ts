import { resolve } from 'node:path';
import { systemClock } from '@pare/core';
import { createFullRegistry } from '../installed-plugins.ts';
import { createProgress } from '../run-view/progress.ts';
import { DataView } from './data-view.ts';
import type { DataEvent, DataFiles, RegisteredPart } from '@pare/core';
import type { CommandContext } from '../command.ts';

/** What commands on the files of one data set are given. */
export interface DataOptions {
  readonly directory?: string;
  /** Optional files too. */
  readonly all?: boolean;
}

/** A data set by name. Throws UNKNOWN_NAME with the nearest names. */
export async function findDataset(
  context: CommandContext,
  name: string,
  config: string | undefined,
): Promise<RegisteredPart<'dataset'>> {
  return (await createFullRegistry(context, config)).part('dataset', name);
}

/** What there is to say of a data set without files. */
export const withoutFiles = (name: string): string =>
  `The data set "${name}" is not read from files that Pare knows of; there is nothing to get.`;

/** Does something with the files of a data set, and tells how it goes on. */
export async function withData<T>(
  { host, output }: CommandContext,
  { directory, all }: DataOptions,
  action: (options: {
    readonly directory: string | undefined;
    readonly all: boolean | undefined;
    readonly signal: AbortSignal;
    readonly onEvent: (event: DataEvent) => void;
  }) => Promise<T>,
): Promise<T> {
  const progress = await createProgress(output, host);
  const view = new DataView(output, host, progress, () => systemClock.monotonic() / 1000);
  try {
    return await action({
      directory: directory === undefined ? undefined : resolve(host.cwd, directory),
      all,
      signal: host.heedInterruption(),
      onEvent: view.on,
    });
  } finally {
    view.end();
  }
}

/** What a person does to get the files. */
export function adviceFor(name: string, data: DataFiles, { directory, all }: DataOptions): string {
  if (!data.fetch) return data.manifest.byHand;
  const place = directory === undefined ? '' : ` --directory ${directory}`;
  return `Run: pare data fetch ${name}${place}${all ? ' --all' : ''}`;
}
