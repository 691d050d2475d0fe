import { dataState } from '../data/data-state.ts';
import { adviceFor, findDataset, withData, withoutFiles } from '../data/find-data.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatBytes } from '../text/quantity.ts';
import { formatTable } from '../text/table.ts';
import type { Command } from '../command.ts';
import type { DataOptions } from '../data/find-data.ts';

/** `pare data check`: compares every file with what was published; exit code 3 where one is missing or damaged. */
export const dataCheckCommand: Command<
  [name: string, config: string | undefined, options: DataOptions]
> = async (context, name, config, options) => {
  const { data } = (await findDataset(context, name, config)).provision;
  if (!data) {
    context.output.print(withoutFiles(name));
    return { fields: { dataset: name, state: 'none', files: [] } };
  }
  const check = await withData(context, options, (rest) => data.check({ ...rest, full: true }));
  const state = dataState(check);
  const rows = check.files.map((file) => [
    file.name,
    file.state,
    file.bytes === undefined ? '-' : formatBytes(file.bytes),
    file.detail ?? '',
  ]);
  context.output.print(
    `${name} in ${check.directory}: ${state}\n\n` +
      formatTable(['file', 'state', 'size', 'detail'], rows),
  );
  if (state !== 'found') context.output.print(`\n${adviceFor(name, data, options)}`);
  return {
    fields: { dataset: name, state, ...check },
    exitCode: state === 'found' ? exitCodes.ok : exitCodes.missing,
  };
};
