import { PareError } from '@pare/core';
import { NetworkBuilder, costReport } from '@pare/graph';
import { isKnownError } from '../exit-codes.ts';
import { createFullRegistry } from '../installed-plugins.ts';
import { formatBytes, formatCount } from '../text/quantity.ts';
import { formatTable } from '../text/table.ts';
import type { ModelTask, Registry } from '@pare/core';
import type { Command } from '../command.ts';

/** Options of `pare models`. */
export interface ModelsOptions {
  /** For example `28x28x1`. */
  readonly image: string;
  readonly classes: string;
}

interface ModelSize {
  readonly name: string;
  readonly owner: string;
  readonly parameters?: number;
  readonly macs?: number;
  readonly bytes?: number;
  /** Why the model cannot be built for these images. */
  readonly problem?: string;
}

/** `pare models`: architectures with their default options, and their sizes for images of a shape. */
export const modelsCommand: Command<[config: string | undefined, options: ModelsOptions]> = async (
  context,
  config,
  options,
) => {
  const task = readTask(options);
  const registry = await createFullRegistry(context, config);
  const models: ModelSize[] = [];
  for (const { name, owner } of registry.parts('model')) {
    models.push({ name, owner, ...(await sizeOf(registry, name, task)) });
  }
  const rows = models.map(({ name, owner, parameters, macs, bytes, problem }) => [
    name,
    ...(problem === undefined
      ? [formatCount(parameters!), formatCount(macs!), formatBytes(bytes!)]
      : ['-', '-', '-']),
    problem ?? owner,
  ]);
  context.output.print(
    `For images ${task.imageShape.join(' x ')} and ${task.classes} classes:\n\n` +
      formatTable(['model', 'parameters', 'MACs', 'float32', 'package'], rows),
  );
  return { fields: { task, models } };
};

async function sizeOf(registry: Registry, name: string, task: ModelTask) {
  await using run = registry.openRun();
  try {
    const model = await run.create('model', name);
    const { parameters, macs, bytes } = costReport(model.build(new NetworkBuilder(), task));
    return { parameters, macs, bytes };
  } catch (error) {
    if (!isKnownError(error)) throw error;
    return { problem: error.message };
  }
}

function readTask({ image, classes }: ModelsOptions): ModelTask {
  const shape = /^(\d+)x(\d+)x(\d+)$/.exec(image)?.slice(1).map(Number);
  if (!shape || !/^\d+$/.test(classes)) {
    throw new PareError(
      'USAGE',
      `--image must be <height>x<width>x<channels> and --classes a number; received "${image}" and "${classes}".`,
    );
  }
  return { imageShape: shape as [number, number, number], classes: Number(classes) };
}
