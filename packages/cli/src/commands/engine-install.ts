import { PareError } from '@pare/core';
import { provisionTensorFlow, sourceNames } from '@pare/engine-tensorflow';
import { formatBytes } from '../text/quantity.ts';
import type { ProvisionEvent, ProvisionOptions } from '@pare/engine-tensorflow';
import type { Command } from '../command.ts';

/** Options of `pare engine install`. */
export interface EngineInstallOptions {
  readonly source?: string;
  readonly force?: boolean;
}

/** `pare engine install`: makes the native TensorFlow library usable, telling each step and its size. */
export const engineInstallCommand: Command<[options: EngineInstallOptions]> = async (
  { host, output },
  { source, force },
) => {
  if (source !== undefined && !sourceNames.includes(source as never)) {
    throw new PareError(
      'USAGE',
      `--source must be one of ${sourceNames.join(', ')}; received "${source}".`,
    );
  }
  let already = false;
  const library = await provisionTensorFlow(
    {
      source: source as ProvisionOptions['source'],
      force,
      projectDirectory: host.cwd,
      env: host.env,
      signal: host.heedInterruption(),
    },
    (event) => {
      if (event.type === 'done') already = event.alreadyThere;
      else {
        output.emit({ ...event });
        output.remark(stepText(event));
      }
    },
  );
  const { version, source: from, bindingPath } = library;
  const found = already ? 'is ready already' : 'is installed';
  output.print(`TensorFlow ${version} ${found} (${from}): ${bindingPath}`);
  return { fields: { alreadyThere: already, library } };
};

function stepText(event: Exclude<ProvisionEvent, { type: 'done' }>): string {
  if (event.type === 'skipped') return `not from ${event.source}: ${event.reason}`;
  return event.bytes === undefined
    ? event.message
    : `${event.message} (${formatBytes(event.bytes)})`;
}
