import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import { Registry } from '@pare/core';
import { describePlugin } from '@pare/core/testing';
import plugin from './index.ts';

const packageJson = createRequire(import.meta.url)('../package.json') as object;

// The suite trains a network without norms, where the line of the default setting has nothing to lie on.
describePlugin(plugin, { packageJson, options: { method: { lcs: { setting: 'unstructured' } } } });

test('the plugin brings the method, and its options are checked', async () => {
  const registry = new Registry().use(plugin);
  await using run = registry.openRun();
  const create = (options: Record<string, unknown>) => run.create('method', 'lcs', options);
  const method = await create({ setting: 'structured', variant: 'us', widths: [0.5, 1] });
  expect(method.name).toBe('lcs');
  expect(method.paper).toMatch(/Learning Compressible Subspaces/);
  await expect(create({ width: [0.5, 1] })).rejects.toThrow(
    /"width" is not known. Did you mean "widths"/,
  );
  await expect(create({ variant: 'slim' })).rejects.toThrow(/"variant" must be .*received "slim"/);
});
