import { definePlugin } from '@pare/core';
import hoyerPlugin from '@pare/method-hoyer';
import type { Method } from '@pare/core';

const planTables: Method['planTables'] = ({ network, dataset }) => [
  {
    title: 'What is covered',
    columns: [
      { key: 'layer', title: 'layer' },
      { key: 'share', title: 'share', unit: '%' },
    ],
    rows: [{ layer: `${network.name} on ${dataset.name}`, share: 12.5 }],
  },
];

const hoyer = hoyerPlugin.provides.method!.hoyer!;

/** A method `tabled`: `hoyer`, which shows a table of what it would do. */
export const tabledPlugin = definePlugin({
  name: 'tabled',
  core: '^1.0.0',
  provides: {
    method: {
      tabled: {
        ...hoyer,
        create: async (context) => ({ ...(await hoyer.create(context)), planTables }),
      },
    },
  },
});
