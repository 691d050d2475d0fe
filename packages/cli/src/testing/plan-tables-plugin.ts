import { definePlugin, provide } from '@pare/core';
import { z } from 'zod';
import type { Method } from '@pare/core';

const method: Method = {
  name: 'tabled',
  paper: 'none',
  plan: () => [{ kind: 'transform', name: 'nothing', run: (state) => Promise.resolve(state) }],
  planTables: ({ network, dataset }) => [
    {
      title: 'What is covered',
      columns: [
        { key: 'layer', title: 'layer' },
        { key: 'share', title: 'share', unit: '%' },
      ],
      rows: [{ layer: `${network.name} on ${dataset.name}`, share: 12.5 }],
    },
  ],
  report: () => ({ values: {}, tables: [] }),
  operatingPoints: () => [{ name: 'full', settings: {} }],
};

/** A method `tabled` that does nothing, and shows a table of what it would do. */
// eslint-disable-next-line no-restricted-syntax -- loaded by its path, as plugins are
export default definePlugin({
  name: 'tabled',
  core: '^1.0.0',
  provides: {
    method: {
      tabled: provide({
        description: 'Does nothing',
        options: z.strictObject({}),
        create: () => method,
      }),
    },
  },
});
