import { bytesThere, dataState } from '../data/data-state.ts';
import { createFullRegistry } from '../installed-plugins.ts';
import { formatBytes } from '../text/quantity.ts';
import { formatTable } from '../text/table.ts';
import type { FileCheck, RegisteredPart } from '@pare/core';
import type { Command } from '../command.ts';
import type { DataState } from '../data/data-state.ts';

/** `pare data`: data sets with what is there of their files; a quick look that compares no contents. */
export const dataListCommand: Command<[config: string | undefined]> = async (context, config) => {
  const registry = await createFullRegistry(context, config);
  const datasets = await Promise.all(registry.parts('dataset').map(describeData));
  const rows = datasets.map((each) => [
    each.name,
    each.owner,
    stateText(each),
    each.bytes > 0 ? formatBytes(each.bytes) : '-',
    each.directory ?? '-',
  ]);
  context.output.print(formatTable(['data set', 'package', 'files', 'size', 'where'], rows));
  const absent = datasets.filter(({ state }) => state === 'missing' || state === 'incomplete');
  if (absent.length > 0) {
    context.output.print(
      '\nTo get files: pare data fetch <name>. To compare: pare data check <name>',
    );
  }
  return { fields: { datasets } };
};

function stateText({ state, download }: ListedData): string {
  if (state === 'none') return '-';
  if (state === 'found') return state;
  return download ? `${state}, ${formatBytes(download)} to fetch` : `${state}, to get by hand`;
}

interface ListedData {
  readonly name: string;
  readonly owner: string;
  readonly description: string | undefined;
  readonly state: DataState | 'none';
  /** Bytes that are there. */
  readonly bytes: number;
  readonly directory?: string;
  readonly files?: readonly FileCheck[];
  readonly homepage?: string;
  /** Bytes that `pare data fetch` would download, without optional files; 0 where a person has to get it. */
  readonly download?: number;
}

async function describeData(part: RegisteredPart<'dataset'>): Promise<ListedData> {
  const { name, owner } = part;
  const { description, data } = part.provision;
  if (!data) return { name, owner, description, state: 'none', bytes: 0 };
  const check = await data.check();
  const { homepage, files: published } = data.manifest;
  const download = published.reduce((sum, file) => sum + (file.optional ? 0 : file.bytes), 0);
  return {
    name,
    owner,
    description,
    state: dataState(check),
    bytes: bytesThere(check),
    ...check,
    homepage,
    download: data.fetch ? download : 0,
  };
}
