import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { RunnableModel } from '@pare/core';
import { createTensorFlowEngine } from '@pare/engine-tensorflow';
import { lcsMethod } from '../lcs-method.ts';
import { lcsOptions } from '../options.ts';
import { vgg11 } from '../testing/image-networks.ts';
import { fillImages } from '../testing/name-fill.ts';
import { runOutput } from '../testing/run-output.ts';
import { filled } from '../testing/slimmable-networks.ts';
import type { Engine } from '@pare/core';

let engine: Engine;
beforeAll(async () => {
  engine = await createTensorFlowEngine();
}, 60_000);
afterAll(() => engine.dispose());

// Nine million weights: too many for the float64 evaluator.
test('vgg-11-bn with biases runs at any width in one program', async () => {
  const state = filled(vgg11());
  const method = lcsMethod(lcsOptions.parse({ variant: 'us' }));
  const clock = { now: () => 0, monotonic: () => 0 };
  await using model = await RunnableModel.open({ ...state, engine, method, clock });
  for (const width of [0.25, 0.6]) {
    await model.at({ width });
    const logits = [...(await model.predict(Float32Array.from(fillImages())))];
    const expected = await runOutput(engine, model.plain());
    const scale = Math.max(...expected.map(Math.abs));
    expect(logits.map((value) => value / scale)).toEqual(
      expected.map((value) => expect.closeTo(value / scale, 4)),
    );
  }
}, 60_000);
