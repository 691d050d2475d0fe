import { describe, expect, test } from '@jest/globals';
import { PareError } from '@pare/core';
import { add, input, program, variable } from '@pare/graph';
import { createTfjsEngine } from './index.ts';
import type { HostTensor } from '@pare/core';

const one = (value: number): HostTensor => ({
  dtype: 'float32',
  shape: [1],
  data: Float32Array.of(value),
});

function adder() {
  const total = variable('total', [1]);
  const next = add(total, input('x', [1]));
  return program({ outputs: { next }, updates: [{ variable: total, value: next }] });
}

describe('createTfjsEngine', () => {
  test('importing the package loads nothing of TensorFlow.js', () => {
    // TensorFlow.js keeps its engine in a global from the moment it is loaded.
    expect(globalThis).not.toHaveProperty('_tfengine');
  });

  test('wasm is the default', async () => {
    const engine = await createTfjsEngine();
    expect(engine.info).toMatchObject({ name: 'tfjs-wasm', threads: 1 });
    await engine.dispose();
  });

  test('engines of two backends take turns without disturbing each other', async () => {
    const engines = [
      await createTfjsEngine({ backend: 'wasm' }),
      await createTfjsEngine({ backend: 'cpu' }),
    ];
    const sessions = await Promise.all(engines.map((engine) => engine.open({ adder: adder() })));
    await Promise.all(
      sessions.map((session, i) => session.write(new Map([['total', one(10 * i)]]))),
    );
    const results = await Promise.all(
      [1, 2, 3].flatMap((x) => sessions.map((session) => session.run('adder', { x: one(x) }))),
    );
    expect(results.map(({ next }) => next!.data[0])).toEqual([1, 11, 3, 13, 6, 16]);
    await Promise.all(engines.map((engine) => engine.dispose()));
  });

  test('programs that disagree about a variable are refused', async () => {
    const engine = await createTfjsEngine({ backend: 'cpu' });
    const other = program({ outputs: { y: variable('total', [2]) } });
    await expect(engine.open({ adder: adder(), other })).rejects.toMatchObject({
      code: 'VARIABLE_MISMATCH',
    });
    const session = await engine.open({ adder: adder() });
    await expect(
      session.write(new Map([['total', { ...one(1), shape: [] }]])),
    ).rejects.toMatchObject({
      code: 'BAD_VARIABLE',
      message: 'Variable "total" must be float32 [1]; received float32 [].',
    });
    await engine.dispose();
  });

  test('more threads than the backend has are refused', async () => {
    await expect(createTfjsEngine({ threads: 4 })).rejects.toThrow(PareError);
  });

  test('without its packages the webgpu backend says what to install', async () => {
    // They are optional peers, which the workspace leaves out.
    await expect(createTfjsEngine({ backend: 'webgpu' })).rejects.toMatchObject({
      code: 'PACKAGE_NOT_INSTALLED',
      message: expect.stringContaining('npm install webgpu @tensorflow/tfjs-backend-webgpu'),
    });
  });

  test('an unknown backend is named in the error', async () => {
    const backend = 'webgl' as 'wasm';
    await expect(createTfjsEngine({ backend })).rejects.toMatchObject({
      code: 'UNKNOWN_BACKEND',
      message: expect.stringContaining('"webgl"'),
    });
  });
});
