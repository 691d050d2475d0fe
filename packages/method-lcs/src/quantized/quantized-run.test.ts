import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadArtifact, runExperiment, RunnableModel } from '@pare/core';
import { createTensorFlowEngine } from '@pare/engine-tensorflow';
import { lcsMethod } from '../lcs-method.ts';
import { lcsOptions } from '../options.ts';
import { fillImages } from '../testing/name-fill.ts';
import { smallNetwork } from '../testing/small-network.ts';
import { twoImages } from '../testing/two-images.ts';
import type { Engine } from '@pare/core';

let engine: Engine;
beforeAll(async () => {
  engine = await createTensorFlowEngine();
}, 60_000);
afterAll(() => engine.dispose());

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'pare-lcs-')), 'run');
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const clock = { now: () => 0, monotonic: () => 0 };

// Two images in one batch: one step an epoch. The warm-up takes four of eight steps.
test.each(['lcs-l', 'lcs-p', 'target-bit-width'])(
  '%s trains from start to end, and the result runs at all bits',
  async (variant) => {
    const options = { setting: 'quantized', variant, epochs: 8, batchSize: 2 };
    const method = lcsMethod(
      lcsOptions.parse({ ...options, warmUpBudget: 50, learningRateWarmUp: 0 }),
    );
    const network = smallNetwork();
    const losses: number[] = [];
    const parts = { network, dataset: twoImages(), method, engine, seed: 2, clock };
    for await (const event of runExperiment({ ...parts, folder })) {
      if (event.type === 'epoch') losses.push(event.train.loss!);
    }
    expect(losses).toHaveLength(8);
    expect(losses.at(-1)).toBeLessThan(losses[0]!);

    const trained = await loadArtifact(join(folder, 'model'));
    for (const layer of ['conv2', 'conv3']) {
      const value = (name: string) => trained.weights.get(`${layer}.${name}`)!.data[0]!;
      expect(value('iteration_count')).toBe(8);
      expect([value('running_min'), value('running_max') > 0]).toEqual([0, true]);
    }
    await using model = await RunnableModel.open({ ...trained, engine, method, clock });
    expect(model.point.settings).toEqual({ bits: 8 });
    const first = await model.predict(fillImages());
    await model.at({ bits: 3 });
    expect(await model.predict(fillImages())).not.toEqual(first);
    await model.at({ bits: 8 });
    expect(await model.predict(fillImages())).toEqual(first);
    await expect(model.at({ bits: 4.5 })).rejects.toThrow(/must be a whole number from \d to 8/);
  },
  60_000,
);
