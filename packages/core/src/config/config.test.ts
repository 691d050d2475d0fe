import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parts, registry } from '../testing/config-parts.ts';
import { formatConfig } from './format-config.ts';
import { loadConfigPlugins } from './load-config-plugins.ts';
import { parseConfig, readConfig } from './read-config.ts';
import { resolveConfig } from './resolve-config.ts';
import { thrownBy as failure } from '../testing/failure.ts';

describe('reading', () => {
  test('YAML and JSON give the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pare-config-'));
    writeFileSync(
      join(folder, 'a.yaml'),
      'model: small\nmethod: { name: shrink, strength: 1e-3 }\n',
    );
    writeFileSync(
      join(folder, 'a.json'),
      '{\n\t"model": "small",\n\t"method": { "name": "shrink", "strength": 1e-3 }\n}',
    );
    const yaml = await readConfig(join(folder, 'a.yaml'));
    expect(yaml).toEqual({ model: 'small', method: { name: 'shrink', strength: 0.001 } });
    expect(await readConfig(join(folder, 'a.json'))).toEqual(yaml);
  });

  test('a missing file is told', async () => {
    await expect(readConfig('/nowhere/a.yaml')).rejects.toThrow(
      'The configuration "/nowhere/a.yaml" cannot be read: there is no such file.',
    );
  });

  test.each([
    ['model: small\nmethod: [1, 2\nseed: 1\n', 'line 3, column 1'],
    ['model: small\nmodel: large\n', 'line 2, column 1: Map keys must be unique'],
    ['{\n  "model": "small"\n  "seed": 1\n}', 'line 3, column 3'],
  ])('a syntax error has line and column: %#', (text, place) => {
    const error = failure(() => parseConfig(text, 'a.yaml'));
    expect(error.code).toBe('CONFIG_SYNTAX');
    expect(error.message).toContain(`a.yaml, ${place}`);
  });

  test.each([
    ['a circle', 'model: &a [*a]\n'],
    [
      'copies of copies',
      `a: &a [1, 1, 1, 1, 1]\n${[...'bcdefgh'].map((name, i) => `${name}: &${name} [${Array(5).fill(`*${'abcdefg'[i]!}`).join(', ')}]\n`).join('')}`,
    ],
  ])('aliases that make %s are told', (_name, text) => {
    const error = failure(() => parseConfig(text, 'a.yaml'));
    expect([error.code, error.message]).toEqual([
      'CONFIG_SYNTAX',
      expect.stringContaining('a.yaml: aliases'),
    ]);
  });

  test('a folder instead of a file is told', async () => {
    await expect(readConfig(tmpdir())).rejects.toThrow('it is a folder; expected a YAML or JSON');
  });

  test.each([
    ['', 'received nothing'],
    ['- a\n', 'received a list'],
    ['text\n', 'received "text"'],
  ])('what is no mapping is told: %j', (text, received) => {
    expect(failure(() => parseConfig(text, 'a.yaml')).message).toContain(received);
  });
});

describe('resolving', () => {
  test('fills in every default, also of parts and of parts inside them', () => {
    expect(resolveConfig(registry(), parts)).toEqual({
      name: 'small-shrink',
      seed: 1,
      plugins: [],
      engine: { name: 'auto' },
      model: { name: 'small', width: 8 },
      dataset: { name: 'dots' },
      method: {
        name: 'shrink',
        strength: 1e-4,
        optimizer: {
          name: 'adam',
          learningRate: 1e-3,
          beta1: 0.9,
          beta2: 0.999,
          epsilon: 1e-8,
          weightDecay: 0,
          decay: 'coupled',
        },
        stages: [],
      },
      output: 'runs/small-shrink',
      trainer: {
        evaluateEvery: 1,
        checkpointEvery: { epochs: 1, steps: 0 },
        stepEventInterval: 200,
      },
    });
  });

  test('law: written out, read back and resolved again it is the same', () => {
    const input = fc.record(
      {
        name: fc.stringMatching(/^[A-Za-z0-9][\w.-]{0,8}$/),
        seed: fc.integer({ min: 0, max: 0xffffffff }),
        engine: fc.constantFrom('auto', 'fast', { name: 'auto' }, { name: 'fast', threads: 2 }),
        output: fc.string({ minLength: 1 }),
        model: fc.constantFrom('small', { name: 'small', width: 3 }),
        dataset: fc.constant('dots'),
        method: fc.record(
          {
            name: fc.constant('shrink'),
            strength: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
            optimizer: fc.constantFrom('sgd', { name: 'sgd', momentum: 0.5, nesterov: true }),
            stages: fc.array(fc.record({ epochs: fc.integer() }, { requiredKeys: [] })),
          },
          { requiredKeys: ['name'] },
        ),
        trainer: fc.record({ evaluateEvery: fc.nat() }, { requiredKeys: [] }),
      },
      { requiredKeys: ['model', 'dataset', 'method'] },
    );
    fc.assert(
      fc.property(input, (raw) => {
        const first = resolveConfig(registry(), raw);
        const text = formatConfig(first);
        const second = resolveConfig(registry(), parseConfig(text, 'written'));
        expect(second).toEqual(first);
        expect(formatConfig(second)).toBe(text);
      }),
    );
  });

  test('relative plugin paths become absolute, package names stay', () => {
    const raw = { ...parts, plugins: ['./mine', '@pare/method-hoyer', '/there/b.js'] };
    const once = resolveConfig(registry(), raw, { directory: '/home/me' });
    expect(once.plugins).toEqual(['/home/me/mine', '@pare/method-hoyer', '/there/b.js']);
    expect(resolveConfig(registry(), once, { directory: '/elsewhere' })).toEqual(once);
  });

  test.each([
    [{ ...parts, seeed: 1 }, 'CONFIG_ERROR', '"seeed" is not known. Did you mean "seed"?'],
    [{ ...parts, seed: -1 }, 'CONFIG_ERROR', '"seed" must be at least 0; received -1.'],
    [{ ...parts, name: 'a/b' }, 'CONFIG_ERROR', '"name": must be a folder name'],
    [{ model: 'small', dataset: 'dots' }, 'CONFIG_ERROR', '"method" is missing'],
    [
      { ...parts, model: { width: 3 } },
      'CONFIG_ERROR',
      '"model.name" is missing; expected a text.',
    ],
    [
      { ...parts, trainer: { checkpointEvery: { epoch: 2 } } },
      'CONFIG_ERROR',
      '"trainer.checkpointEvery.epoch" is not known. Did you mean "epochs"?',
    ],
    [
      { ...parts, method: { name: 'shrink', strenght: 1 } },
      'OPTION_ERROR',
      '"method.strenght" is not known. Did you mean "strength"?',
    ],
    [{ ...parts, model: 'smal' }, 'UNKNOWN_NAME', '"smal" (at "model"). Did you mean "small"?'],
    [{ ...parts, method: 'hoyer' }, 'UNKNOWN_NAME', 'npm install @pare/method-hoyer'],
    [{ ...parts, engine: { name: 'auto', threads: 2 } }, 'UNKNOWN_NAME', 'the engine "auto"'],
  ])('a mistake is told: %#', (raw, code, message) => {
    const error = failure(() => resolveConfig(registry(), raw, { source: 'a.yaml' }));
    expect([error.code, error.message]).toEqual([code, expect.stringContaining(message)]);
  });
});

describe('plugins of a configuration', () => {
  test('a part of a package that is not installed says what to install', async () => {
    const raw = { ...parts, method: 'lcs' };
    await expect(loadConfigPlugins(registry(), raw, { directory: tmpdir() })).rejects.toMatchObject(
      {
        code: 'PLUGIN_NOT_INSTALLED',
        message:
          'The method "lcs" needs the package "@pare/method-lcs", which is not installed. Run: npm install @pare/method-lcs',
      },
    );
  });

  test('one that is nowhere names every folder once, and the configuration by its name', async () => {
    const from = { directory: tmpdir(), fallbacks: [tmpdir(), '/nowhere'], source: 'a.yaml' };
    const load = (...plugins: unknown[]) =>
      loadConfigPlugins(registry(), { ...parts, plugins }, from);
    await expect(load('lodahs')).rejects.toThrow(`(looked from ${tmpdir()} and /nowhere)`);
    await expect(load(3)).rejects.toThrow('a.yaml: "plugins[0]" must be a text; received 3.');
  });

  test('a listed one that is in use already is not looked for', async () => {
    const target = registry();
    await loadConfigPlugins(target, { ...parts, plugins: ['test-parts'] }, { directory: tmpdir() });
    expect(target.plugins).toHaveLength(2);
  });

  test('listed ones come into the registry', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pare-config-'));
    writeFileSync(
      join(folder, 'mine.mjs'),
      "export default { $type: '@pare/plugin@1', name: 'mine', core: '*', provides: {} };",
    );
    const target = registry();
    await loadConfigPlugins(target, { ...parts, plugins: ['./mine.mjs'] }, { directory: folder });
    expect(target.plugins.map(({ name }) => name)).toEqual(['@pare/core', 'test-parts', 'mine']);
  });
});
