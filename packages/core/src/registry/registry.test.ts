import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { provide } from './define-plugin.ts';
import { failure } from '../testing/failure.ts';
import { plainExporter as exporter, plainPlugin as plugin } from '../testing/plain-plugin.ts';
import { Registry } from './registry.ts';
import type { Plugin } from './define-plugin.ts';

const none = z.strictObject({});

describe('create', () => {
  test('makes a part with checked options and defaults', async () => {
    const run = new Registry().use(plugin()).openRun();
    expect((await run.create('exporter', 'onnx')).name).toBe('onnx 8');
    expect((await run.create('exporter', 'onnx', { bits: 4 })).name).toBe('onnx 4');
    expect((await run.create('exporter', { name: 'onnx', bits: 2 })).name).toBe('onnx 2');
  });

  test('tells of wrong options with the name of the part', async () => {
    const run = new Registry().use(plugin()).openRun();
    const error = await failure(() => run.create('exporter', 'onnx', { bit: 4 }));
    expect(error.code).toBe('OPTION_ERROR');
    expect(error.message).toBe(
      'exporter "onnx": "bit" is not known. Did you mean "bits"? Known: bits.',
    );
  });

  test('tells of an unknown name with the nearest ones', async () => {
    const run = new Registry().openRun();
    const error = await failure(() => run.create('optimizer', 'adamm'));
    expect(error.code).toBe('UNKNOWN_NAME');
    expect(error.message).toContain('"adamm". Did you mean "adam"? Known: adam, sgd.');
  });

  test('tells which package brings a well-known name', async () => {
    const run = new Registry().openRun();
    const known = await failure(() => run.create('method', 'hoyer'));
    expect(known.message).toContain('npm install @pare/method-hoyer');
    const near = await failure(() => run.create('method', 'hoyr'));
    expect(near.message).toContain('Did you mean "hoyer" (in @pare/method-hoyer)?');
  });

  test('the parts of this package are there', async () => {
    const run = new Registry().openRun();
    const optimizer = await run.create('optimizer', { name: 'sgd', learningRate: 0.5 });
    expect(optimizer.learningRate).toBe(0.5);
    const schedule = await run.create('schedule', {
      name: 'warm-up',
      over: 2,
      then: { name: 'step', every: 3, gamma: 0.5 },
    });
    const at = (epoch: number) => schedule({ epoch, step: epoch, epochs: 9, stepsPerEpoch: 1 });
    expect([at(0), at(1), at(2), at(3)]).toEqual([0, 0.5, 1, 0.5]);
  });
});

describe('use', () => {
  test('the same plugin twice is fine; another of its name is not', async () => {
    const one = plugin();
    const registry = new Registry().use(one).use(one);
    const error = await failure(() => registry.use(plugin()));
    expect([error.code, error.message]).toEqual([
      'DUPLICATE_NAME',
      'Two plugins are named "plain". If two copies are installed, run: npm dedupe',
    ]);
  });

  test('one name from two plugins names both and adds nothing', async () => {
    const other = plugin({
      name: 'other',
      provides: {
        exporter: {
          tflite: provide({ options: none, create: () => exporter('tflite') }),
          onnx: provide({ options: none, create: () => exporter('onnx') }),
        },
      },
    });
    const registry = new Registry().use(plugin());
    const error = await failure(() => registry.use(other));
    expect(error.code).toBe('DUPLICATE_NAME');
    expect(error.message).toContain('The exporter "onnx" comes from two plugins: plain and other.');
    expect(registry.has('exporter', 'tflite')).toBe(false);
  });

  test('a plugin for another version of core is refused', async () => {
    const registry = new Registry({ version: '1.4.1' });
    const newer = await failure(() => registry.use(plugin({ core: '^2.0.0' })));
    expect([newer.code, newer.message]).toEqual([
      'PLUGIN_VERSION',
      'plain needs core ^2.0.0; core 1.4.1 is running. Run: npm install @pare/core@latest',
    ]);
    const older = await failure(() => registry.use(plugin({ core: '^0.9.0' })));
    expect(older.message).toContain('npm install plain@latest');
    const wrong = await failure(() => registry.use(plugin({ core: 'new' })));
    expect(wrong.message).toContain('expected a range such as "^1.4.1"');
    expect(new Registry({ version: '1.5.0-beta.1' }).use(plugin()).has('exporter', 'onnx')).toBe(
      true,
    );
  });

  test.each([
    [{}, 'has no plugin as its default export (expected definePlugin({...})).'],
    [{ ...plugin(), $type: '@pare/plugin@2' }, 'another form: "@pare/plugin@2"'],
    [{ ...plugin(), provides: { methods: {} } }, 'unknown kind "methods". Did you mean "method"?'],
    [{ ...plugin(), provides: { method: { a: {} } } }, 'method "a" without "create"'],
    [
      { ...plugin(), provides: { method: { a: { create: () => 1, options: {} } } } },
      'method "a" without a zod 4 schema as "options"',
    ],
    [
      {
        ...plugin(),
        provides: {
          method: {
            a: { create: () => 1, needs: {}, options: z.strictObject({ name: z.string() }) },
          },
        },
      },
      'with an option "name"',
    ],
  ])('what is no plugin is refused: %#', async (value, message) => {
    const error = await failure(() => new Registry().use(value as Plugin));
    expect(error.code).toBe('PLUGIN_BAD_EXPORT');
    expect(error.message).toContain(message);
  });
});
