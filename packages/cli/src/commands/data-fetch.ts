import { PareError } from '@pare/core';
import { bytesThere, dataState } from '../data/data-state.ts';
import { findDataset, withData, withoutFiles } from '../data/find-data.ts';
import { formatBytes } from '../text/quantity.ts';
import type { DataCheck, DataFiles } from '@pare/core';
import type { Command } from '../command.ts';
import type { DataOptions } from '../data/find-data.ts';

/** Options of `pare data fetch`. */
export interface DataFetchOptions extends DataOptions {
  /** Folder of a mirror. */
  readonly url?: string;
}

/** `pare data fetch`: downloads what is missing or damaged, compares and unpacks it. */
export const dataFetchCommand: Command<
  [name: string, config: string | undefined, options: DataFetchOptions]
> = async (context, name, config, options) => {
  const { data } = (await findDataset(context, name, config)).provision;
  if (!data) {
    context.output.print(withoutFiles(name));
    return { fields: { dataset: name, state: 'none', files: [] } };
  }
  const check = await withData(context, options, (rest) =>
    data.fetch ? data.fetch({ ...rest, url: options.url }) : foundByHand(name, data, rest),
  );
  const size = bytesThere(check);
  const setting = options.directory === undefined ? '' : `, directory: ${check.directory}`;
  context.output.print(
    `${name} is in ${check.directory}${size > 0 ? ` (${formatBytes(size)})` : ''}. ` +
      `In a configuration: dataset: { name: ${name}${setting} }`,
  );
  return { fields: { dataset: name, state: dataState(check), ...check } };
};

/** Of data that only a person can get: what is there, if all of it is. */
async function foundByHand(
  name: string,
  data: DataFiles,
  options: DataOptions,
): Promise<DataCheck> {
  const check = await data.check({ ...options, full: true });
  if (dataState(check) === 'found') return check;
  throw new PareError(
    'DATASET_BY_HAND',
    `The data set "${name}" cannot be fetched by a program, and it is not in ${check.directory}. ${data.manifest.byHand}`,
  );
}
