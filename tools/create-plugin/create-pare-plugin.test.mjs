import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';

import { findClone } from './clone-packages.mjs';
import { createPackage } from './create-package.mjs';
import { pluginNames, withNames } from './plugin-names.mjs';

const here = import.meta.dirname;
const root = dirname(dirname(here));
const start = promisify(execFile);

// Compiling and training in processes of their own take seconds where the machine is busy.
jest.setTimeout(180_000);

/** Runs a script with Node; gives exit code and output. */
const node = (script, args, cwd) =>
  start(process.execPath, [script, ...args], { cwd }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );

const create = (...args) => node(join(here, 'create-pare-plugin.mjs'), args, tmpdir());

/** Puts a package into the node_modules of a folder, as an installation by file path does. */
async function link(folder, name, target) {
  const place = join(folder, 'node_modules', name);
  await mkdir(dirname(place), { recursive: true });
  await symlink(target, place);
}

let home;
let plugin;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'create-pare-plugin-'));
  plugin = join(home, 'pare-method-half-life');
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe('names', () => {
  test('follow from the name of the method', () => {
    expect(pluginNames('half-life')).toEqual({
      package: 'pare-method-half-life',
      method: 'half-life',
      camelCase: 'halfLife',
    });
  });

  test('are put in wherever the template has its own', () => {
    const text = "name: 'pare-method-my-method', method: 'my-method', create: myMethod";
    expect(withNames(text, pluginNames('half-life', '@me/half'))).toBe(
      "name: '@me/half', method: 'half-life', create: halfLife",
    );
  });

  test.each(['Half', 'half_life', '-half', ''])(
    'that are not kebab-case are refused: "%s"',
    (name) => {
      expect(() => pluginNames(name)).toThrow(/--name must be words in lower case/);
    },
  );
});

describe('where the packages of Pare come from', () => {
  const written = async (folder, file) => readFile(join(folder, file), 'utf8');

  test('a generator in a clone finds it; one that npm installed finds none', async () => {
    expect(await findClone()).toBe(root);
    expect(await findClone(join(home, 'node_modules', 'create-pare-plugin'))).toBeUndefined();
  });

  test('the clone: npm finds each package in the folder that package.json names', async () => {
    const folder = join(home, 'from-clone');
    await createPackage(folder, pluginNames('half-life'), root);
    const manifest = JSON.parse(await written(folder, 'package.json'));
    const references = Object.entries(manifest.devDependencies).filter(([name]) =>
      name.startsWith('@pare/'),
    );
    expect(references.map(([name]) => name)).toEqual(['@pare/cli', '@pare/core', '@pare/graph']);
    for (const [name, reference] of references) {
      expect(reference).toMatch(/^file:\//);
      const linked = await written(reference.replace('file:', ''), 'package.json');
      expect(JSON.parse(linked).name).toBe(name);
    }
    expect(manifest.peerDependencies['@pare/core']).toBe('^1.0.0');
    expect(await written(folder, 'README.md')).toContain(`\`\`\`text\n${root}\n\`\`\``);
  });

  test('the path of a clone stays as it is, whatever is in it', async () => {
    const folder = join(home, 'odd-clone');
    await createPackage(folder, pluginNames('half-life'), '/home/me/my-method/$& pare');
    expect(await written(folder, 'package.json')).toContain(
      '"file:/home/me/my-method/$& pare/packages/core"',
    );
    expect(await written(folder, 'README.md')).toContain('\n/home/me/my-method/$& pare\n');
  });

  test('npm, where there is no clone', async () => {
    const folder = join(home, 'from-npm');
    await createPackage(folder, pluginNames('half-life'));
    expect(await written(folder, 'package.json')).not.toContain('file:');
    expect(await written(folder, 'README.md')).not.toContain('clone');
  });
});

describe('a new package in a folder outside of any workspace', () => {
  test('is written with the names of the author', async () => {
    const { code, stdout } = await create(plugin, '--name', 'half-life');
    expect(stdout).toMatch(/run setup[^]*npm install[^]*npx pare run example\.yaml/);
    expect(stdout).toContain(`npm --prefix "${root}" run setup`);
    expect(code).toBe(0);
    const files = await readdir(plugin, { recursive: true });
    expect(files).toEqual(
      expect.arrayContaining(['.gitignore', 'src/half-life.ts', 'src/plugin.ts']),
    );
    for (const file of files.filter((name) => /\.\w+$/.test(name))) {
      expect(await readFile(join(plugin, file), 'utf8')).not.toMatch(/my-method|myMethod/);
    }
  });

  test('leaves a folder that is not empty as it is', async () => {
    const { code, stderr } = await create(plugin, '--name', 'other');
    expect([code, stderr]).toEqual([2, expect.stringContaining('is not empty')]);
  });

  test('compiles with its own settings, and passes the suite of plugins', async () => {
    // What `npm install` would fetch, taken from this workspace.
    const fromCore = createRequire(join(root, 'packages', 'core', 'package.json'));
    const fromRoot = createRequire(join(root, 'package.json'));
    for (const name of ['core', 'graph'])
      await link(plugin, `@pare/${name}`, join(root, 'packages', name));
    await link(plugin, 'zod', dirname(fromCore.resolve('zod/package.json')));
    for (const name of ['@jest/globals', '@types/node', 'jest', 'reflect-metadata']) {
      await link(plugin, name, realpathSync(join(root, 'node_modules', name)));
    }
    const compiler = join(
      dirname(fromRoot.resolve('@typescript/native/package.json')),
      'bin',
      'tsc',
    );
    expect(await node(compiler, [], plugin)).toEqual({ code: 0, stdout: '', stderr: '' });
    const jestBin = join(plugin, 'node_modules', 'jest', 'bin', 'jest.js');
    const tests = await start(process.execPath, ['--experimental-vm-modules', jestBin], {
      cwd: plugin,
    });
    expect(tests.stderr).toMatch(/Tests: +\d+ passed, \d+ total/);
  });

  test('runs its example', async () => {
    const { code, stdout, stderr } = await runPare(plugin, 'example.yaml');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    // 10 % of 784·300 + 300·100 + 100·10 weights stay through the fine-tuning.
    expect(events.at(-1)).toMatchObject({
      type: 'result',
      report: { values: { keptWeights: 26_620, allWeights: 266_200 } },
    });
    expect(existsSync(join(plugin, 'runs', 'half-life-example', 'model', 'model.json'))).toBe(true);
  });

  test('runs in another project, by its path and by its name', async () => {
    const project = join(home, 'project');
    await mkdir(project);
    const config = (name) =>
      `plugins: [${JSON.stringify(name)}]\nmodel: lenet-300-100\ndataset: { name: synthetic, train: 100, test: 50 }\n` +
      'method: { name: half-life, epochs: 1, finetuneEpochs: 0 }\n';
    await writeFile(join(project, 'path.yaml'), config(plugin));
    await writeFile(join(project, 'name.yaml'), config('pare-method-half-life'));
    const absent = await runPare(project, 'name.yaml');
    expect(absent.code).toBe(3);
    expect(JSON.parse(absent.stdout)).toMatchObject({
      type: 'error',
      code: 'PLUGIN_NOT_INSTALLED',
      message: expect.stringContaining('npm install pare-method-half-life'),
    });
    await link(project, 'pare-method-half-life', plugin);
    const results = [
      await runPare(project, 'path.yaml', '--name', 'by-path'),
      await runPare(project, 'name.yaml', '--name', 'by-name'),
    ];
    expect(results).toMatchObject([{ code: 0 }, { code: 0 }]);
  });
});

function runPare(cwd, config, ...args) {
  const bin = join(root, 'packages', 'cli', 'dist', 'bin.js');
  return node(bin, ['run', config, '--engine', 'tfjs-wasm', '--json', ...args], cwd);
}
