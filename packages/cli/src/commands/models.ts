import { createFullRegistry } from '../installed-plugins.ts';
import { familyOf, grouped } from '../models/family.ts';
import { modelCost, sizeFields } from '../models/model-size.ts';
import { imageText, readTasks } from '../models/task.ts';
import { formatBytes, formatCount, formatShort } from '../text/quantity.ts';
import { formatTable } from '../text/table.ts';
import type { ModelTask } from '@pare/core';
import type { Command } from '../command.ts';
import type { ModelCost } from '../models/model-size.ts';
import type { TaskOptions } from '../models/task.ts';

interface ListedModel {
  readonly name: string;
  readonly owner: string;
  readonly description: string | undefined;
  readonly sizes: readonly ModelCost[];
}

/** `pare models`: architectures with their default options, and their sizes for the usual images or given ones. */
export const modelsCommand: Command<[config: string | undefined, options: TaskOptions]> = async (
  context,
  config,
  options,
) => {
  const tasks = readTasks(options);
  const registry = await createFullRegistry(context, config);
  await using run = registry.openRun();
  const models: ListedModel[] = [];
  for (const { name, owner, provision } of registry.parts('model')) {
    const model = await run.create('model', name);
    const sizes = tasks.map((task) => modelCost(model, task));
    const { description } = provision;
    models.push({ name, owner, description, sizes });
  }
  context.output.print(modelsText(tasks, models));
  const fields = models.map((model) => ({ ...model, sizes: model.sizes.map(sizeFields) }));
  return { fields: { tasks, models: fields } };
};

function modelsText(tasks: readonly ModelTask[], models: readonly ListedModel[]): string {
  const [only, ...others] = tasks as [ModelTask, ...ModelTask[]];
  const exact = others.length === 0;
  const heading = exact
    ? `For images ${imageText(only)} and ${only.classes} classes.`
    : `Parameters and multiply-adds (MACs) for images ${tasks.map(imageText).join(', ')} and ${tasks.map(({ classes }) => classes).join(', ')} classes.`;
  const head = exact
    ? ['model', 'parameters', 'MACs', 'float32', 'activations']
    : ['model', ...tasks.flatMap((task) => [imageText(task), 'MACs'])];
  const cells = exact ? exactCells : shortCells;
  const hint = models.some(({ sizes }) => sizes.some(({ problem }) => problem !== undefined))
    ? `\n\n-: does not fit; "pare models show <name>${exact ? ` --image ${imageText(only)}` : ''}" says why.`
    : '';
  return `${heading}\n\n${groupedTable(head, models, cells)}${hint}`;
}

/** One table; a blank line between families, the package above its models. */
function groupedTable(
  head: readonly string[],
  models: readonly ListedModel[],
  cells: (size: ModelCost) => string[],
): string {
  const packages = grouped(models, ({ owner }) => owner).map((members) =>
    grouped(members, ({ name }) => familyOf(name)),
  );
  const rows = packages.flat(2).map(({ name, sizes }) => [name, ...sizes.flatMap(cells)]);
  const [titles, rule, ...lines] = formatTable(head, rows).split('\n');
  const take = (members: readonly unknown[]) => lines.splice(0, members.length).join('\n');
  const texts = packages.map(
    (families) => `${families[0]![0]!.owner}\n${families.map(take).join('\n\n')}`,
  );
  return `${titles}\n${rule}\n${texts.join('\n\n')}`;
}

const shortCells = ({ cost }: ModelCost): string[] =>
  cost ? [formatShort(cost.parameters), formatShort(cost.macs)] : ['-', '-'];

const exactCells = ({ cost }: ModelCost): string[] =>
  cost
    ? [
        formatCount(cost.parameters),
        formatCount(cost.macs),
        formatBytes(cost.bytes),
        formatBytes(cost.activationBytes),
      ]
    : ['-', '-', '-', '-'];
