import { afterAll, beforeAll, describe, jest } from '@jest/globals';
import { createTensorFlowEngine, tensorFlowStatus } from '@pare/engine-tensorflow';
import type { Engine } from '@pare/core';

const { ready } = await tensorFlowStatus();
const describeOrSkip = ready ? describe : describe.skip;

/** Tests that run in the native library, and are skipped where it is not installed. `body` gets the engine when a test runs. */
export function describeNatively(name: string, body: (engine: () => Engine) => void): void {
  describeOrSkip(name, () => {
    // Making millions of weights and starting a session takes seconds where all processors are busy.
    jest.setTimeout(60_000);
    let engine: Engine;
    beforeAll(async () => {
      engine = await createTensorFlowEngine();
    });
    afterAll(() => engine.dispose());
    body(() => engine);
  });
}
