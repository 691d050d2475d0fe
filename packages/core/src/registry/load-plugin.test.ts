import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadPlugin } from './load-plugin.ts';
import { Registry } from './registry.ts';
import type { PareError } from '../errors/pare-error.ts';

let folder: string;

const zod = pathToFileURL(createRequire(import.meta.url).resolve('zod')).href;

/** A plugin as a stranger may write it, without anything of this workspace but the agreed form. */
const source = (name: string) => `
import { z } from '${zod}';
export default {
  $type: '@pare/plugin@1',
  name: '${name}',
  core: '^1.0.0',
  provides: {
    loss: { ${name}: { options: z.strictObject({ scale: z.number().default(2) }), needs: {}, create: ({ options }) => () => options.scale } },
  },
};
`;

function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pare-plugins-'));
  const manifest = (name: string, parts: object) =>
    JSON.stringify({ name, type: 'module', ...parts });
  write('file.mjs', source('single'));
  write(
    'exported/package.json',
    manifest('exported', { exports: { '.': { default: './lib/a.js' } } }),
  );
  write('exported/lib/a.js', source('exported'));
  write('mained/package.json', manifest('mained', { main: 'b.js' }));
  write('mained/b.js', source('mained'));
  write('node_modules/installed/package.json', manifest('installed', { exports: './c.js' }));
  write('node_modules/installed/c.js', source('installed'));
  write(
    'node_modules/import-only/package.json',
    manifest('import-only', { exports: { import: './c.js' } }),
  );
  write('node_modules/import-only/c.js', source('only'));
  write(
    'unbuilt/package.json',
    manifest('unbuilt', { exports: { '.': { default: './dist/none.js' } } }),
  );
  write('no-plugin.mjs', 'export default { a: 1 };');
  write('needy.mjs', "import 'a-package-that-is-not-there'; export default {};");
  write('empty/readme.txt', '');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function failure(name: string): Promise<PareError> {
  return loadPlugin(name, folder).then(
    () => Promise.reject(new Error('nothing was thrown')),
    (error: PareError) => error,
  );
}

describe('a plugin outside the workspace is loaded', () => {
  test.each([
    ['a file', './file.mjs', 'single'],
    ['a folder with exports', './exported', 'exported'],
    ['a folder with main', './mained', 'mained'],
    ['an installed package', 'installed', 'installed'],
  ])('%s', async (_what, name, expected) => {
    const plugin = await loadPlugin(name, folder);
    expect(plugin.name).toBe(expected);
    const run = new Registry().use(plugin).openRun();
    const loss = (await run.create('loss', expected, { scale: 3 })) as unknown as () => number;
    expect(loss()).toBe(3);
  });

  test('by absolute path, by URL, and from a second directory', async () => {
    expect((await loadPlugin(join(folder, 'file.mjs'), '/')).name).toBe('single');
    expect((await loadPlugin(pathToFileURL(join(folder, 'file.mjs')).href, '/')).name).toBe(
      'single',
    );
    expect((await loadPlugin('installed', [tmpdir(), folder])).name).toBe('installed');
  });
});

describe('an error says what to do', () => {
  test('not installed', async () => {
    const error = await failure('@pare/method-hinged');
    expect(error.code).toBe('PLUGIN_NOT_INSTALLED');
    expect(error.message).toContain('Did you mean "@pare/method-hinge"?');
    expect(error.message).toContain('Run: npm install @pare/method-hinged');
  });

  test.each([
    ['./nothing.mjs', 'PLUGIN_NOT_INSTALLED', 'there is no file or folder'],
    [
      './no-plugin.mjs',
      'PLUGIN_BAD_EXPORT',
      '"./no-plugin.mjs" has no plugin as its default export',
    ],
    ['./empty', 'PLUGIN_BAD_EXPORT', 'a folder without package.json or index.js'],
    ['./needy.mjs', 'PLUGIN_LOAD', 'a-package-that-is-not-there'],
    ['./unbuilt', 'PLUGIN_LOAD', 'build it'],
    ['import-only', 'PLUGIN_LOAD', '"default" condition'],
  ])('%s', async (name, code, message) => {
    const error = await failure(name);
    expect([error.code, error.message]).toEqual([code, expect.stringContaining(message)]);
  });
});
