import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createTensorFlowEngine, tensorFlowStatus } from '@pare/engine-tensorflow';
import { createTfjsEngine } from '@pare/engine-tfjs';
import { expectTrained } from './expect-trained.ts';
import { buildSmall } from './small-networks.ts';
import { stepDifference } from './step-difference.ts';
import { trainingStep } from './training-step.ts';
import type { Engine } from '@pare/core';
import type { SmallNetwork } from './small-networks.ts';

const { ready } = await tensorFlowStatus();

/**
 * The suite of one training step on every engine for use, the native one where its library is installed, and on `others`:
 * the step does what it should, and all agree on the loss and on every change.
 */
export function compareEngines(
  name: string,
  networks: Readonly<Record<string, SmallNetwork>>,
  others: readonly Engine[] = [],
): void {
  describe(name, () => {
    jest.setTimeout(60_000);
    let engines: readonly Engine[];
    beforeAll(async () => {
      const native = ready ? [await createTensorFlowEngine()] : [];
      engines = [...others, await createTfjsEngine(), ...native];
    });
    afterAll(() => Promise.all(engines.map((engine) => engine.dispose())));

    test.each(Object.entries(networks))('%s', async (_, small) => {
      const network = buildSmall(small);
      const [first, ...rest] = engines as [Engine, ...Engine[]];
      const expected = await trainingStep(first, network);
      expectTrained(network, expected);
      for (const engine of rest) {
        const step = await trainingStep(engine, network);
        expect(Math.abs(step.loss / expected.loss - 1)).toBeLessThan(1e-4);
        expect(stepDifference(expected, step)).toBeLessThan(2e-3);
      }
    });
  });
}
