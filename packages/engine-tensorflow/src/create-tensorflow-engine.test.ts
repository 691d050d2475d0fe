import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { add, input, mul, program, sub, sum, variable } from '@pare/graph';
import { createTensorFlowEngine } from './create-tensorflow-engine.ts';
import { tensorFlowStatus } from './native/status.ts';
import { childTimeout, runChild } from './native/testing/run-child.ts';
import type { Engine, HostTensor } from '@pare/core';

const vector = (...values: number[]): HostTensor => ({
  dtype: 'float32',
  shape: [values.length],
  data: Float32Array.from(values),
});
const scalar = (value: number): HostTensor => ({
  dtype: 'float32',
  shape: [],
  data: Float32Array.of(value),
});
const temporaryFolders = () =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('pare-tensorflow-'));

const { ready } = await tensorFlowStatus();
const natively = ready ? describe : describe.skip;

natively('the TensorFlow engine', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createTensorFlowEngine();
  });
  afterAll(() => engine.dispose());

  test('says what it is', () => {
    expect(engine.info.name).toBe('tensorflow');
    expect(engine.info.version).toMatch(/^\d+\.\d+/);
    expect(existsSync(engine.info.details.binding!)).toBe(true);
  });

  test('an update sees the values from before the run, whatever the order of updates', async () => {
    const a = variable('a', [2]);
    const b = variable('b', [2]);
    const swap = program({
      outputs: { sum: sum(add(a, b)) },
      updates: [
        { variable: a, value: b },
        { variable: b, value: a },
      ],
    });
    const session = await engine.open({ swap });
    await session.write(
      new Map([
        ['a', vector(1, 2)],
        ['b', vector(3, 4)],
      ]),
    );
    const results = await Promise.all([
      session.run('swap', {}),
      session.run('swap', {}),
      session.run('swap', {}),
    ]);
    expect(results.map(({ sum: total }) => total!.data[0])).toEqual([10, 10, 10]);
    const after = await session.read();
    expect([...after.get('a')!.data]).toEqual([3, 4]);
    expect([...after.get('b')!.data]).toEqual([1, 2]);
    await session.dispose();
  });

  test('two sessions keep their variables apart', async () => {
    const w = variable('w', [1]);
    const grow = program({ outputs: {}, updates: [{ variable: w, value: add(w, 1) }] });
    const first = await engine.open({ grow });
    const second = await engine.open({ grow });
    await first.write(new Map([['w', vector(1)]]));
    await second.write(new Map([['w', vector(10)]]));
    await first.run('grow', {});
    expect((await first.read()).get('w')!.data[0]).toBe(2);
    expect((await second.read()).get('w')!.data[0]).toBe(10);
    await Promise.all([first.dispose(), second.dispose()]);
  });

  test('leaves no file behind once a session is open', async () => {
    const before = temporaryFolders().length;
    const session = await engine.open({ p: program({ outputs: { y: mul(input('x', []), 2) } }) });
    expect(temporaryFolders()).toHaveLength(before);
    expect((await session.run('p', { x: scalar(3) })).y!.data[0]).toBe(6);
    await session.dispose();
  });

  test('a failure inside TensorFlow names the op and leaves the session usable', async () => {
    const x = input('x', ['n']);
    const y = input('y', ['m']);
    // Symbols n and m differ in the graph; sub() over one symbol fails only when fed sizes disagree at run time.
    const p = program({ outputs: { y: sub(x, input('z', ['n'])), t: sum(y) } });
    const session = await engine.open({ p });
    await expect(
      session.run('p', { x: vector(1, 2), z: vector(1, 2, 3), y: vector(1) }),
    ).rejects.toThrow('Input "z" must be [n]; received [3]');
    const good = await session.run('p', { x: vector(1, 2), z: vector(1, 1), y: vector(1) });
    expect([...good.y!.data]).toEqual([0, 1]);
    await session.dispose();
  });

  // Other bindings than our own keep what loading has read.
  const ownBuild = process.platform === 'linux' && ready?.source !== 'installed-binding';
  (ownBuild ? test : test.skip)('what only loading has read of the library is let go', () => {
    const maps = readFileSync('/proc/self/smaps', 'utf8').split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m);
    const kept = maps
      .filter((map) => /^\S+ r-.* \S*libtensorflow\S*$/m.test(map.split('\n', 1)[0]!))
      .map((map) => Number(/^Rss:\s+(\d+)/m.exec(map)![1]));
    expect(kept.length).toBeGreaterThan(2);
    // Loading alone reads about 260 MB of it.
    expect(kept.reduce((a, b) => a + b) / 1e3).toBeLessThan(150);
  });

  test('memory stays flat over many runs', async () => {
    const w = variable('w', [256, 1024]);
    const x = input('x', [256, 1024]);
    const step = program({
      outputs: { y: add(x, 1) },
      updates: [{ variable: w, value: add(w, x) }],
    });
    const session = await engine.open({ step });
    const block = (): HostTensor => ({
      dtype: 'float32',
      shape: [256, 1024],
      data: new Float32Array(256 * 1024),
    });
    await session.write(new Map([['w', block()]]));
    for (let i = 0; i < 50; i++) await session.run('step', { x: block() });
    const before = process.memoryUsage().rss;
    // A tensor kept in each run, in or out, would cost 400 MB or more.
    for (let i = 0; i < 400; i++) await session.run('step', { x: block() });
    expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(150);
    await session.dispose();
  });

  test(
    'the process lives until a session with a run under way is disposed of',
    async () => {
      expect(await runChild('dispose-child.ts')).toEqual({
        code: 0,
        signal: null,
        output: `disposed after ${1 << 20}\n`,
      });
    },
    childTimeout,
  );

  test(
    'variables keep no memory of JavaScript, which TensorFlow would give back in a thread of its own',
    async () => {
      expect(await runChild('rewrite-child.ts')).toEqual({
        code: 0,
        signal: null,
        output: '999 999\n',
      });
    },
    childTimeout,
  );

  test('takes feeds in shared memory, which cannot change owner', async () => {
    const session = await engine.open({ p: program({ outputs: { t: sum(input('x', ['n'])) } }) });
    const data = new Float32Array(new SharedArrayBuffer(8000)).fill(0.5);
    const x: HostTensor = { dtype: 'float32', shape: [2000], data };
    expect((await session.run('p', { x })).t!.data[0]).toBe(1000);
    expect(data).toHaveLength(2000);
    await session.dispose();
  });

  test('runs after dispose are refused', async () => {
    const session = await engine.open({ p: program({ outputs: { y: mul(input('x', []), 2) } }) });
    await session.dispose();
    await expect(session.run('p', { x: scalar(1) })).rejects.toMatchObject({
      code: 'SESSION_CLOSED',
    });
  });
});
