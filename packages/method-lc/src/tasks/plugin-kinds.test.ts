import { describe, expect, test } from '@jest/globals';
import { Registry, definePlugin, provide, silentLogger, services } from '@pare/core';
import { z } from 'zod';
import { createCompression } from '../compressions/create-compression.ts';
import { exampleNetworks } from '../testing/networks.ts';
import { roundingPlugin } from '../testing/rounding-plugin.ts';
import { stepContext } from '../testing/step-context.ts';
import { compressionKinds } from './plugin-kinds.ts';
import { resolveTasks } from './resolve-tasks.ts';
import type { Plugin } from '@pare/core';
import type { TasksInput } from './tasks-option.ts';

const lenet = exampleNetworks['lenet-300-100']();

async function resolve(tasks: TasksInput, plugin: Plugin = roundingPlugin) {
  const registry = new Registry().bind(services.logger, () => silentLogger).use(plugin);
  await using run = registry.openRun();
  const kinds = await compressionKinds(tasks, run);
  const { tasks: resolved } = resolveTasks(lenet, tasks, kinds);
  return resolved.map((task) => ({
    ...task,
    compression: createCompression(task.parts, task.options, kinds),
  }));
}

describe('a compression of a plugin', () => {
  const v = Float32Array.of(0.4, -1.3, 2.2, 0.1);

  test('is used by its name, with its options and defaults', async () => {
    const [first, second] = await resolve([
      'fc1: round-to-step',
      { layers: 'fc2', compress: { name: 'round-to-step', step: 2, share: '50%' } },
    ]);
    expect([first!.parts, second!.parts]).toEqual([
      [{ name: 'round-to-step' }],
      [{ name: 'round-to-step', step: 2, share: 0.5 }],
    ]);
    const project = ({ compression }: typeof first & object) =>
      compression.decompress(compression.compress(v, stepContext(4)));
    expect(project(first!)).toEqual(Float32Array.of(0.5, -1.5, 2, 0));
    expect(project(second!)).toEqual(Float32Array.of(0, -2, ...v.slice(2)));
  });

  test('is a part of sums, and gets its own data back in the next step', async () => {
    const [task] = await resolve(['fc3: prune(keep=1) + round-to-step(step=1) with repetitions=2']);
    const { compression } = task!;
    expect(compression.name).toBe('additive');
    const theta = compression.compress(v, stepContext(4));
    // The weight that is left is exact, so nothing is left of it to round.
    expect([...compression.decompress(theta)]).toEqual([0, -1, 2.2, 0].map(Math.fround));
    const again = compression.compress(v, stepContext(4, { previous: theta }));
    const times = (form: typeof theta) =>
      form.kind === 'sum' && form.parts[1]?.kind === 'plugin' && form.parts[1].theta;
    expect([times(theta), times(again)]).toMatchObject([{ times: 2 }, { times: 3 }]);
    expect(compression.bits(theta)).toBe(0 + 8 * 4);
  });

  test('whose options are wrong is told with line and column', async () => {
    await expect(
      resolve(['fc2: binarize', 'fc1: binarize + round-to-step(stp=1)']),
    ).rejects.toThrow(
      /tasks: line 2, column 17: compression "round-to-step": "stp" is not known\. Did you mean "step"\?/,
    );
  });

  test('is near when its name is misspelt', async () => {
    await expect(resolve(['fc1: round-to-stepp'])).rejects.toThrow('Did you mean "round-to-step"?');
  });

  test('cannot have a name that means something else in tasks', async () => {
    const plugin = definePlugin({
      name: 'other',
      core: '^1.0.0',
      provides: {
        compression: {
          prune: provide({
            options: z.strictObject({}),
            create: () => ({ name: 'prune', compress: () => ({}) as never }),
          }),
        },
      },
    });
    await expect(resolve(['fc1: prune(5%)'], plugin)).rejects.toThrow(
      /line 1, column 6: a plugin brings a compression "prune"/,
    );
    // As long as nobody names it, it is in nobody's way.
    expect(await resolve(['fc1: binarize'], plugin)).toHaveLength(1);
  });
});
