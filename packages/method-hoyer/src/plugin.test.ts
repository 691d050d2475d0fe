import { expect, test } from '@jest/globals';
import { Registry } from '@pare/core';
import plugin from './index.ts';

test('the plugin brings the method, and its options are checked', async () => {
  const registry = new Registry().use(plugin);
  await using run = registry.openRun();
  const method = await run.create('method', 'hoyer', { regularizer: 'hs', strength: 0.001 });
  expect(method.name).toBe('hoyer');
  const create = (options: Record<string, unknown>) => run.create('method', 'hoyer', options);
  await expect(create({ strenght: 1 })).rejects.toThrow(
    /"strenght" is not known. Did you mean "strength"/,
  );
  await expect(create({ prune: { sensitivity: -1 } })).rejects.toThrow(
    /"prune.sensitivity" must be at least 0/,
  );
  await expect(create({ regularizer: 'ridge' })).rejects.toThrow(
    /"regularizer" must be .*"hoyer-square".*received "ridge"/,
  );
  await expect(create({ regularizer: 2 })).rejects.toThrow(/add script/);
});
