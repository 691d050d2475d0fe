import { describe, expect, test } from '@jest/globals';
import { parts, registry } from '../testing/config-parts.ts';
import { thrownBy } from '../testing/failure.ts';
import { configSchema } from './config-schema.ts';
import { formatConfig } from './format-config.ts';
import { parseConfig } from './read-config.ts';
import { resolveConfig } from './resolve-config.ts';

const startOf = (start: unknown, directory?: string) =>
  resolveConfig(registry(), { ...parts, start }, { directory }).start;

const sha256 = 'ab'.repeat(32);

describe('start', () => {
  test('is a path from the folder of the configuration; without a folder it stays', () => {
    expect(startOf('../runs/a', '/home/me')).toEqual({ path: '/home/runs/a' });
    expect(startOf('/data/w.safetensors', '/home/me')).toEqual({ path: '/data/w.safetensors' });
    expect(startOf('../runs/a')).toEqual({ path: '../runs/a' });
  });

  test('may say SHA-256 and layout, and is the same when it is written and read again', () => {
    const start = { path: 'w.safetensors', sha256, layout: 'torch' };
    const config = resolveConfig(registry(), { ...parts, start }, { directory: '/lab' });
    expect(config.start).toEqual({ ...start, path: '/lab/w.safetensors' });
    const again = parseConfig(formatConfig(config), 'config.yaml');
    expect(resolveConfig(registry(), again, { directory: '/elsewhere' })).toEqual(config);
  });

  test('is not in a configuration that does not have it', () => {
    expect(resolveConfig(registry(), parts, { directory: '/lab' })).not.toHaveProperty('start');
  });

  test.each([
    [{ path: 'w', sha: sha256 }, '"start.sha" is not known. Did you mean "sha256"?'],
    [{ path: 'w', sha256: 'abc' }, 'must be 64 hexadecimal digits in lower case; received "abc"'],
    [{ path: 'w', layout: 'tf' }, '"start.layout" must be one of "pare", "torch"'],
    [7, '"start" must be a text or a mapping of options; received 7'],
  ])('%j is an error that says what would do', (start, message) => {
    const error = thrownBy(() => startOf(start));
    expect([error.code, error.message]).toEqual(['CONFIG_ERROR', expect.stringContaining(message)]);
  });

  test('is in the schema for editors', () => {
    const { properties } = configSchema(registry()) as { properties: Record<string, unknown> };
    expect(JSON.stringify(properties.start)).toMatch(/"layout".*"pare","torch"/);
  });
});
