import { z } from 'zod';
import { definePlugin, provide } from '../registry/define-plugin.ts';
import { part } from '../registry/part.ts';
import { Registry } from '../registry/registry.ts';

const never = () => {
  throw new Error('not made in these tests');
};

const plugin = definePlugin({
  name: 'test-parts',
  core: '*',
  provides: {
    model: {
      small: provide({
        options: z.strictObject({ width: z.int().positive().default(8) }),
        create: never,
      }),
    },
    dataset: { dots: provide({ options: z.strictObject({}), create: never }) },
    method: {
      shrink: provide({
        description: 'Makes it smaller',
        options: z.strictObject({
          strength: z.number().nonnegative().default(1e-4),
          optimizer: part('optimizer').default({ name: 'adam' }),
          stages: z.array(z.strictObject({ epochs: z.int().default(1) })).default([]),
        }),
        create: never,
      }),
    },
    engine: {
      fast: provide({ options: z.strictObject({ threads: z.int().default(0) }), create: never }),
    },
  },
});

/** A registry with parts that are only for the tests of configurations and cannot be made. */
export const registry = () => new Registry().use(plugin);
/** The smallest configuration of these parts. */
export const parts = { model: 'small', dataset: 'dots', method: 'shrink' };
