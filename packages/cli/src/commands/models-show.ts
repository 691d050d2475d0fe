import { applyOverrides, optionsSchema } from '@pare/core';
import { createFullRegistry } from '../installed-plugins.ts';
import { modelCost, sizeFields } from '../models/model-size.ts';
import { layersText, optionsText, sizesText } from '../models/model-text.ts';
import { readTasks } from '../models/task.ts';
import type { PartReference } from '@pare/core';
import type { Command } from '../command.ts';
import type { ModelCost } from '../models/model-size.ts';
import type { TaskOptions } from '../models/task.ts';

/** Options of `pare models show`. */
export interface ModelsShowOptions extends TaskOptions {
  /** `option=value`, in order. */
  readonly set?: readonly string[];
}

/** `pare models show`: options, sizes and layers of one architecture. */
export const modelsShowCommand: Command<
  [name: string, config: string | undefined, options: ModelsShowOptions]
> = async (context, name, config, options) => {
  const tasks = readTasks(options);
  const registry = await createFullRegistry(context, config);
  const part = registry.part('model', name);
  const settings = (options.set ?? []).map((setting) => `model.${setting}`);
  const raw = applyOverrides({ model: { name } }, settings) as { model: PartReference };
  const { name: _name, ...values } = registry.complete('model', raw.model);
  const { name: _same, ...defaults } = registry.complete('model', { name });
  await using run = registry.openRun();
  const model = await run.create('model', raw.model);
  const sizes = tasks.map((task) => modelCost(model, task));
  const shown = bestShown(sizes);
  const { description } = part.provision;
  const schema = optionsSchema(part);
  const texts = [
    `${name} (${part.owner})${description === undefined ? '' : `: ${description}`}`,
    optionsText(schema, values, defaults),
    sizesText(sizes),
    ...(shown?.cost ? [layersText(shown.task, shown.cost)] : []),
  ];
  context.output.print(texts.join('\n\n'));
  return {
    fields: {
      model: { name, owner: part.owner, description, options: values, defaults, schema },
      sizes: sizes.map(sizeFields),
      task: shown?.task ?? null,
      cost: shown?.cost ?? null,
    },
  };
};

/** The size whose layers are shown: of the usual ones the middle one, where it fits. */
function bestShown(sizes: readonly ModelCost[]): ModelCost | undefined {
  const middle = sizes[Math.floor(sizes.length / 2)];
  return middle?.cost ? middle : sizes.find(({ cost }) => cost);
}
