import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { pare, temporaryFolder, tinyConfig } from './testing/run-pare.ts';

// Processes start in seconds where the machine is busy.
jest.setTimeout(180_000);

// The command as a user starts it: what "npm run build" has left, in a process and a folder of its own.

describe('pare', () => {
  test('without a command, or with an unknown one, shows help or the nearest one: exit code 2', async () => {
    const nothing = await pare([]);
    expect(nothing.stderr).toContain('Exit codes:');
    const wrong = await pare(['rnu']);
    expect(wrong.stderr).toContain('Did you mean run?');
    expect([nothing.code, wrong.code]).toEqual([2, 2]);
  });

  test('loads nothing for its help but itself and the parser of options', async () => {
    await using folder = await temporaryFolder();
    // Node lists in its coverage files every script that was loaded.
    await pare(['--help'], { env: { NODE_V8_COVERAGE: folder.path } });
    const [file] = await readdir(folder.path);
    const coverage = await readFile(join(folder.path, file!), 'utf8');
    const { result } = JSON.parse(coverage) as { result: { url: string }[] };
    const urls = result.map(({ url }) => url).filter((url) => url.startsWith('file:'));
    const others = urls.filter((url) => !/\/cli\/dist\/|\/node_modules\/commander\//.test(url));
    expect(urls.length).toBeGreaterThan(0);
    expect(others).toEqual([]);
  });

  test('tells wrong usage as a JSON line too', async () => {
    const { code, lines, stderr } = await pare(['run', '--json']);
    expect(lines()).toEqual([
      { type: 'error', code: 'USAGE', message: expect.stringContaining('config') },
    ]);
    expect([code, stderr]).toEqual([2, '']);
  });
});

describe('pare init', () => {
  test('writes a configuration that plans and runs', async () => {
    await using folder = await temporaryFolder();
    const { path: cwd } = folder;
    expect((await pare(['init'], { cwd })).code).toBe(0);
    const small = [
      'dataset={name: synthetic, train: 200, test: 100}',
      'method.train.epochs=1',
      'method.finetune.epochs=1',
    ];
    const settings = small.flatMap((setting) => ['--set', setting]);
    const run = await pare(['run', 'pare.yaml', '--engine', 'tfjs-wasm', ...settings], { cwd });
    expect(run.stderr).toContain('stage 3/3 finetune: 1 epochs of 2 steps');
    expect(run.stdout).toMatch(/Before and after[^]*All of it is in runs\/first/);
    expect(run.code).toBe(0);
  });

  test('leaves a file that exists as it is', async () => {
    await using folder = await temporaryFolder({ 'pare.yaml': 'mine' });
    const { code, stderr } = await pare(['init'], { cwd: folder.path });
    expect(stderr).toMatch(/"pare.yaml" exists already .*--force.*\[CONFIG_EXISTS\]/);
    expect([code, await readFile(join(folder.path, 'pare.yaml'), 'utf8')]).toEqual([2, 'mine']);
  });
});

describe('pare run', () => {
  test('with --json writes events, then the result, and nothing else', async () => {
    await using folder = await temporaryFolder({ 'tiny.yaml': tinyConfig });
    const { code, lines, stderr } = await pare(['run', 'tiny.yaml', '--json'], {
      cwd: folder.path,
    });
    const events = lines();
    expect(events.slice(0, 2)).toMatchObject([
      { type: 'run-start', name: 'tiny' },
      { type: 'notice', message: expect.stringContaining('engine: tfjs-wasm') },
    ]);
    expect(events.filter(({ type }) => type === 'epoch')).toHaveLength(5);
    expect(events.filter(({ type }) => type === 'result')).toEqual([events.at(-1)]);
    expect(events.at(-1)).toMatchObject({
      type: 'result',
      command: 'run',
      folder: 'runs/tiny',
      evaluation: { split: 'test', count: 60 },
    });
    expect([code, stderr]).toEqual([0, '']);
    const written = await readdir(join(folder.path, 'runs', 'tiny'));
    expect(written).toEqual(
      expect.arrayContaining(['config.yaml', 'events.jsonl', 'model', 'report.html']),
    );
  });

  test('refuses a run folder that exists, and says what can be done', async () => {
    await using folder = await temporaryFolder({ 'tiny.yaml': tinyConfig });
    const cwd = folder.path;
    const short = [
      'run',
      'tiny.yaml',
      '--quiet',
      '--set',
      'method.train.epochs=1',
      '--set',
      'method.finetune=false',
    ];
    expect((await pare(short, { cwd })).code).toBe(0);
    const again = await pare(short, { cwd });
    expect(again.stderr).toMatch(
      /runs\/tiny exists.*pare resume runs\/tiny.*--force.*\[RUN_FOLDER_EXISTS\]/,
    );
    expect(again.code).toBe(2);
    expect((await pare([...short, '--name', 'other'], { cwd })).code).toBe(0);
    expect((await pare([...short, '--force'], { cwd })).code).toBe(0);
    expect(await readdir(join(cwd, 'runs'))).toEqual(['other', 'tiny']);
  });

  test('with the same seed gives the same weights, with another one others', async () => {
    await using folder = await temporaryFolder({ 'tiny.yaml': tinyConfig });
    const weights = async (name: string, seed: string) => {
      await pare(['run', 'tiny.yaml', '-q', '--name', name, '--seed', seed], { cwd: folder.path });
      return readFile(join(folder.path, 'runs', name, 'model', 'weights.safetensors'));
    };
    const [first, same, other] = [
      await weights('a', '7'),
      await weights('b', '7'),
      await weights('c', '8'),
    ];
    expect(same.equals(first)).toBe(true);
    expect(other.equals(first)).toBe(false);
  });
});

describe('the engine "auto"', () => {
  const auto = ['run', 'tiny.yaml', '--engine', 'auto', '--json', '--set', 'method.train.epochs=1'];

  test('is tfjs-wasm where native TensorFlow is not installed, and the run says so', async () => {
    await using folder = await temporaryFolder({ 'tiny.yaml': tinyConfig });
    const env = { PARE_CACHE_DIR: join(folder.path, 'empty'), PARE_TENSORFLOW_DIR: '' };
    const { lines } = await pare(auto, { cwd: folder.path, env });
    expect(lines()[1]?.message).toMatch(/^engine: tfjs-wasm \(.*run "pare engine install"/);
    expect(lines().at(-1)).toMatchObject({ type: 'result', engine: { name: 'tfjs-wasm' } });
    const saved = await readFile(join(folder.path, 'runs', 'tiny', 'config.yaml'), 'utf8');
    expect(saved).toMatch(/engine:\s+name: tfjs-wasm/);
  });

  test('is native TensorFlow where it is ready', async () => {
    const [status] = (await pare(['engine', 'status', '--json'])).lines();
    await using folder = await temporaryFolder({ 'tiny.yaml': tinyConfig });
    const { lines } = await pare(auto, { cwd: folder.path });
    const name = status?.ready ? 'tensorflow' : 'tfjs-wasm';
    expect(lines().at(-1)).toMatchObject({ type: 'result', engine: { name } });
  });
});

describe('a fault of a plugin', () => {
  test('shows where it happened and asks for a report: exit code 1', async () => {
    const broken = `${tinyConfig}plugins: [./broken.mjs]\n`.replace('name: hoyer', 'name: broken');
    await using folder = await temporaryFolder({
      'tiny.yaml': broken.replace(/ {2}batchSize[^]*?(?=plugins)/, ''),
      'broken.mjs': `
        const options = { safeParse: (data) => ({ success: true, data }), _zod: { def: {} } };
        const create = () => { throw new TypeError('the plugin is broken'); };
        export default {
          $type: '@pare/plugin@1', name: 'broken', core: '*',
          provides: { method: { broken: { options, needs: {}, create } } },
        };`,
    });
    const { code, stderr } = await pare(['plan', 'tiny.yaml'], { cwd: folder.path });
    expect(stderr).toMatch(
      /TypeError: the plugin is broken\n +at .*broken\.mjs[^]*Please report it/,
    );
    expect(code).toBe(1);
  });
});

describe('bad input', () => {
  const plan = async (config: string, ...args: string[]) => {
    await using folder = await temporaryFolder({ 'x.yaml': config });
    // Awaited here: the folder goes at the end of this block.
    return await pare(['plan', 'x.yaml', ...args], { cwd: folder.path });
  };

  test('an unknown key is told with the nearest one: exit code 2', async () => {
    const { code, stderr } = await plan(tinyConfig.replace('method:', 'metod:'));
    expect(stderr).toMatch(/"metod" is not known. Did you mean "method"\?/);
    expect(stderr).toMatch(/\[CONFIG_ERROR\]\n$/);
    expect(code).toBe(2);
  });

  test('an unknown option of a part is told with its place: exit code 2', async () => {
    const { code, stderr } = await plan(tinyConfig, '--set', 'method.train.epoch=3');
    expect(stderr).toMatch(/"method.train.epoch" is not known. Did you mean "epochs"\?/);
    expect(code).toBe(2);
  });

  test('a method whose package is missing says what to install: exit code 3', async () => {
    const { code, stderr } = await plan(tinyConfig, '--set', 'method=hinge');
    expect(stderr).toContain('Run: npm install @pare/method-hinge [PLUGIN_NOT_INSTALLED]');
    expect(code).toBe(3);
  });

  test('a method that nobody brings lists the nearest ones: exit code 3', async () => {
    const { code, stderr } = await plan(tinyConfig, '--set', 'method=hoyr');
    expect(stderr).toMatch(/"hoyr".*Did you mean "hoyer".*\[UNKNOWN_NAME\]/);
    expect(code).toBe(3);
  });

  test('data that are not there say which file: exit code 3', async () => {
    const { code, stderr } = await plan(
      tinyConfig,
      '--set',
      'dataset={name: mnist, directory: /nowhere}',
    );
    expect(stderr).toMatch(/\/nowhere.*\[DATASET_FILE_NOT_FOUND\]/s);
    expect(code).toBe(3);
  });

  test('images that a model is too big for are told before any training: exit code 2', async () => {
    const { code, stderr } = await plan(tinyConfig, '--set', 'model=lenet-5');
    expect(stderr).toMatch(/lenet-5.*\[MODEL_IMAGE_TOO_SMALL\]/s);
    expect(code).toBe(2);
  });

  test('a file that is no YAML is told with line and column: exit code 2', async () => {
    const { code, stderr } = await plan('model: [lenet\n');
    expect(stderr).toMatch(/x.yaml, line \d+, column \d+:/);
    expect(code).toBe(2);
  });

  test('a loss that is not finite ends the run with step and layer: exit code 1', async () => {
    await using folder = await temporaryFolder({ 'tiny.yaml': tinyConfig });
    const settings = ['--set', 'method.train.learningRate=1e30', '--json'];
    const { code, lines } = await pare(['run', 'tiny.yaml', ...settings], { cwd: folder.path });
    expect(lines().at(-1)).toMatchObject({
      type: 'error',
      code: 'NON_FINITE_LOSS',
      message: expect.stringMatching(/step \d/),
    });
    expect(code).toBe(1);
  });
});

describe('what there is', () => {
  test('pare plan tells stages, steps, layers and sizes, and trains nothing', async () => {
    await using folder = await temporaryFolder({ 'tiny.yaml': tinyConfig });
    const { code, lines } = await pare(['plan', 'tiny.yaml', '--json'], { cwd: folder.path });
    // 240 images in batches of 20 are 12 steps; 64·300 + 300, 300·100 + 100 and 100·3 + 3 parameters.
    expect(lines()).toMatchObject([
      {
        type: 'result',
        stages: [
          {
            name: 'train',
            kind: 'train',
            epochs: 3,
            steps: 36,
            learningRate: { first: 1e-3, last: 1e-3 },
          },
          { name: 'prune', kind: 'transform' },
          {
            name: 'finetune',
            kind: 'train',
            epochs: 2,
            steps: 24,
            adjusted: expect.arrayContaining(['fc1.weight']),
          },
        ],
        cost: {
          parameters: 49_903,
          macs: 49_500,
          layers: [{ layer: 'fc1', macs: 19_200 }, { layer: 'fc2' }, { layer: 'fc3' }],
        },
      },
    ]);
    expect([code, existsSync(join(folder.path, 'runs'))]).toEqual([0, false]);
  });

  test('pare plan is readable', async () => {
    await using folder = await temporaryFolder({ 'tiny.yaml': tinyConfig });
    const { stdout } = await pare(['plan', 'tiny.yaml'], { cwd: folder.path });
    expect(stdout).toMatch(/1 train +train +3 +36 +20 +adam +0\.001 +last/);
    expect(stdout).toMatch(/fc1 +matMul +300 +19,500 +19,200/);
    expect(stdout).toMatch(/fc1\.weight +weight +64 x 300 +trained +trained, adjusted/);
  });

  test('pare schema is a JSON Schema with the options of every part', async () => {
    const { code, stdout } = await pare(['schema']);
    const schema = JSON.parse(stdout) as {
      $schema: string;
      properties: object;
      $defs: Record<string, unknown>;
    };
    expect(schema.$schema).toContain('json-schema.org');
    expect(Object.keys(schema.properties)).toEqual(
      expect.arrayContaining(['model', 'dataset', 'method']),
    );
    expect(JSON.stringify(schema.$defs.method)).toContain('"hoyer-square"');
    expect(code).toBe(0);
  });

  test('pare plugins lists parts with their owner and options', async () => {
    const { lines } = await pare(['plugins', '--json']);
    const { parts } = lines()[0] as unknown as {
      parts: { kind: string; name: string; owner: string; options: object }[];
    };
    expect(parts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'method', name: 'hoyer', owner: '@pare/method-hoyer' }),
        expect.objectContaining({ kind: 'engine', name: 'tfjs-wasm', owner: '@pare/engine-tfjs' }),
        expect.objectContaining({
          kind: 'engine',
          name: 'tensorflow',
          owner: '@pare/engine-tensorflow',
        }),
      ]),
    );
    const { stdout } = await pare(['plugins', '--kind', 'method', '--options']);
    expect(stdout).toMatch(/regularizer: .*"hoyer-square".* = "hoyer-square"/);
  });

  test('pare plugins finds the plugins that package.json of the project names', async () => {
    const plugin = `import { definePlugin } from '@pare/core'; export default definePlugin({ name: 'mine', core: '^1.0.0', provides: {} });`;
    await using folder = await temporaryFolder({
      'package.json': '{ "dependencies": { "mine": "1.0.0", "absent": "1.0.0" } }',
    });
    const home = join(folder.path, 'node_modules', 'mine');
    await mkdir(home, { recursive: true });
    await writeFile(
      join(home, 'package.json'),
      '{ "name": "mine", "type": "module", "keywords": ["@pare-plugin"], "exports": "./index.js" }',
    );
    await writeFile(join(home, 'index.js'), plugin);
    const { code, stderr } = await pare(['plugins'], { cwd: folder.path });
    // It was found and tried: what it imports is not installed here.
    expect(stderr).toMatch(/left out: The plugin "mine" could not be loaded.*@pare\/core/);
    expect(code).toBe(0);
  });

  test('pare engine status and pare doctor tell of this machine', async () => {
    const [status] = (await pare(['engine', 'status', '--json'])).lines();
    expect(status).toMatchObject({
      type: 'result',
      sources: expect.arrayContaining([expect.objectContaining({ name: 'wheel' })]),
    });
    const doctor = await pare(['doctor', '--json']);
    const result = doctor.lines()[0] as unknown as {
      healthy: boolean;
      checks: { name: string; ok: boolean }[];
    };
    expect(result.checks.find(({ name }) => name === 'tfjs-wasm')?.ok).toBe(true);
    expect(doctor.code).toBe(result.healthy ? 0 : 3);
  });
});

describe('pare eval', () => {
  test('gives the accuracy that the run ended with, also on another engine and from the model folder', async () => {
    await using folder = await temporaryFolder({ 'tiny.yaml': tinyConfig });
    const cwd = folder.path;
    const run = (await pare(['run', 'tiny.yaml', '--json'], { cwd })).lines().at(-1)!;
    const { accuracy, correct } = run.evaluation as { accuracy: number; correct: number };
    for (const args of [
      ['runs/tiny', '--engine', 'tfjs-cpu'],
      ['runs/tiny/model', '--engine', 'tfjs-wasm', '--at', 'pruned'],
      // The options of the recipe stay: the default images are 28 x 28.
      ['runs/tiny', '--engine', 'tfjs-cpu', '--dataset', 'synthetic'],
    ]) {
      const { code, lines } = await pare(['eval', ...args, '--json'], { cwd });
      expect(lines()).toMatchObject([
        { type: 'result', evaluation: { split: 'test', accuracy, correct } },
      ]);
      expect(code).toBe(0);
    }
    const other = await pare(['eval', 'runs/tiny', '--engine', 'tfjs-wasm', '--split', 'train'], {
      cwd,
    });
    expect(other.stdout).toMatch(/^train accuracy .* of 240\)/);
    const wrong = await pare(['eval', 'runs/tiny', '--at', 'prunned'], { cwd });
    expect(wrong.stderr).toMatch(/no operating point "prunned". Did you mean "pruned"\?/);
    expect(wrong.code).toBe(2);
    const mismatch = await pare(
      ['eval', 'runs/tiny', '--dataset', 'synthetic', '--set', 'dataset.classes=4'],
      { cwd },
    );
    expect([mismatch.code, mismatch.stderr]).toEqual([
      2,
      expect.stringContaining('[DATASET_MISMATCH]'),
    ]);
  });

  test('says that a folder holds no run', async () => {
    await using folder = await temporaryFolder();
    const { code, stderr } = await pare(['eval', folder.path]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('[ARTIFACT_MISSING]')]);
  });
});
