import { execFile } from 'node:child_process';
import {
  mkdir,
  mkdtemp,
  open,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { loadArtifact } from '../artifact/load-artifact.ts';
import {
  smallExperiment,
  smallNetwork,
  smallPruning,
  smallTraining,
} from '../testing/small-experiment.ts';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import { CheckpointStore } from './checkpoint-store.ts';
import { readEvents } from './event-log.ts';
import { resumeExperiment } from './resume-experiment.ts';
import { runExperiment } from './run-experiment.ts';
import type { RunEvent } from '../contracts/events.ts';
import type { ResumeOptions } from './resume-experiment.ts';
import type { ExperimentOptions } from './run-experiment.ts';
import type { FileOperations } from './write-atomically.ts';

// Real files, synced to disk, and processes: slow where the machine is busy.
jest.setTimeout(120_000);

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'pare-run-'));
  folder = join(parent, 'small');
});
afterEach(() => rm(parent, { recursive: true }));

async function all(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const list: RunEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

const run = (changes: Partial<ExperimentOptions> = {}) =>
  all(runExperiment({ ...smallExperiment(), folder, ...changes }));
const resume = (changes: Partial<ResumeOptions> = {}) =>
  all(resumeExperiment(folder, { ...smallExperiment(), ...changes }));

/** Runs until the given training step. */
function interrupted(step: number, changes: Partial<ExperimentOptions> = {}) {
  const stop = new AbortController();
  let steps = 0;
  const parts = smallExperiment({ onStep: () => ++steps === step && stop.abort() });
  return run({ ...parts, signal: stop.signal, ...changes });
}

/** The stored weights, and the epochs and stages in the log without times. */
async function outcome(of = folder) {
  const events = await readEvents(join(of, 'events.jsonl'));
  const told = events.filter(({ type }) => ['epoch', 'stage-end', 'result'].includes(type));
  const weights = await readFile(join(of, 'model', 'weights.safetensors'), 'hex');
  return { weights, told: told.map((event) => ({ ...event, folder: '' })) };
}

async function expectedOutcome() {
  const straight = join(parent, 'straight');
  await run({ folder: straight });
  return outcome(straight);
}

describe('runExperiment', () => {
  test('tells of stages, epochs and the result, in order', async () => {
    const events = await run({ settings: {} });
    const order = events
      .filter(({ type }) => type !== 'step' && type !== 'notice')
      .map(({ type }) => type);
    const epoch = ['epoch', 'checkpoint'];
    expect(order).toEqual([
      'run-start',
      'checkpoint',
      'stage-start',
      ...epoch,
      ...epoch,
      ...epoch,
      'stage-end',
      'checkpoint',
      'stage-start',
      'stage-end',
      'checkpoint',
      'stage-start',
      ...epoch,
      ...epoch,
      ...epoch,
      'stage-end',
      'checkpoint',
      'result',
    ]);
    expect(events.at(-1)).toMatchObject({
      type: 'result',
      folder,
      report: {
        values: { units: 4, parametersBefore: 43, parameters: 35, macsBefore: 35, macs: 28 },
      },
    });
  });

  test('leaves a folder with everything in it, and nothing temporary', async () => {
    await run();
    expect((await readdir(folder)).sort()).toEqual([
      'checkpoints',
      'config.yaml',
      'environment.json',
      'events.jsonl',
      'model',
      'report.html',
      'report.json',
    ]);
    expect(await readdir(join(folder, 'checkpoints'))).toHaveLength(3);
    expect(await readFile(join(folder, 'config.yaml'), 'utf8')).toBe('model: small\n');
    const environment = JSON.parse(
      await readFile(join(folder, 'environment.json'), 'utf8'),
    ) as object;
    expect(environment).toMatchObject({
      seed: 7,
      engine: { name: 'reference', threads: 1 },
      dataset: { name: 'blobs', source: expect.any(String) },
    });
    const page = await readFile(join(folder, 'report.html'), 'utf8');
    expect(page).toContain('Before and after');
    expect(page.match(/<path/g)).toHaveLength(4);
    expect(page).not.toMatch(/<script|https?:/);
  });

  test('the model in the folder is the network of the last stage', async () => {
    const result = (await run()).at(-1)!;
    const { network, weights, metrics, recipe } = await loadArtifact(join(folder, 'model'));
    expect(network.parameters[0]!.shape).toEqual([4, 4]);
    expect(weights.get('fc1.weight')!.shape).toEqual([4, 4]);
    expect(recipe).toEqual({ model: 'small' });
    expect(result).toMatchObject({ evaluation: { accuracy: metrics.accuracy } });
  });

  test('the log holds what was told', async () => {
    const events = await run();
    const logged = await readEvents(join(folder, 'events.jsonl'));
    expect(logged.map(({ time: _time, ...event }) => event)).toEqual(
      JSON.parse(JSON.stringify(events)),
    );
    expect(Date.parse(logged[0]!.time)).not.toBeNaN();
  });

  test('without a folder nothing is written, and the result is the same', async () => {
    const last = (await run({ folder: undefined })).at(-1)!;
    const kept = (await run()).at(-1)!;
    expect({ ...last, seconds: 0, report: 0 }).toEqual({
      ...kept,
      seconds: 0,
      report: 0,
      folder: '',
    });
    expect(await readdir(parent)).toEqual(['small']);
  });

  test('the same seed gives the same weights, another one others', async () => {
    const first = await expectedOutcome();
    await run();
    expect((await outcome()).weights).toBe(first.weights);
    await run({ force: true, seed: 8 });
    expect((await outcome()).weights).not.toBe(first.weights);
  });

  test('an existing run is an error that names the ways on; force replaces it', async () => {
    await run();
    await expect(run()).rejects.toMatchObject({ code: 'RUN_FOLDER_EXISTS' });
    await expect(run()).rejects.toThrow(/pare resume .*small.*--force.*another name/);
    expect((await run({ force: true })).at(-1)!.type).toBe('result');
  });

  test('a folder in which a run is under way is taken by no other, not even by force', async () => {
    const first = runExperiment({ ...smallExperiment(), folder });
    await first.next();
    await expect(run({ force: true })).rejects.toMatchObject({ code: 'RUN_IN_PROGRESS' });
    await expect(resume()).rejects.toMatchObject({ code: 'RUN_IN_PROGRESS' });
    expect((await all(first)).at(-1)!.type).toBe('result');
    expect((await resume()).at(-1)!.type).toBe('result');
  });

  test('force does not remove a folder that holds anything else', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'thesis.tex'), 'x');
    await expect(run({ force: true })).rejects.toMatchObject({ code: 'NOT_A_RUN_FOLDER' });
    await expect(run({ force: true })).rejects.toThrow(/thesis\.tex/);
    expect(await readdir(folder)).toEqual(['thesis.tex']);
    // Without force it is no run that one could go on with either.
    await expect(run()).rejects.toMatchObject({ code: 'NOT_A_RUN_FOLDER' });
  });

  test('notes next to a run do not make it another folder', async () => {
    await run();
    await writeFile(join(folder, 'notes.txt'), 'x');
    await expect(run()).rejects.toMatchObject({ code: 'RUN_FOLDER_EXISTS' });
    await expect(run({ force: true })).rejects.toMatchObject({ code: 'NOT_A_RUN_FOLDER' });
  });

  test.each([
    ['no stages', [], /plans no stages/],
    ['two stages of one name', [smallTraining(), smallTraining()], /two stages named "train"/],
  ])('a plan with %s is an error before a folder is made', async (_name, stages, message) => {
    await expect(run(smallExperiment({ stages }))).rejects.toThrow(message);
    expect(await readdir(parent)).toEqual([]);
  });

  test('a transform that spoils the weights is an error that names the layer', async () => {
    const spoil = {
      ...smallPruning,
      run: async (context: Parameters<typeof smallPruning.run>[0]) => {
        const state = await smallPruning.run(context);
        state.weights.get('fc2.bias')!.data[0] = NaN;
        return state;
      },
    };
    await expect(run(smallExperiment({ stages: [spoil] }))).rejects.toThrow(
      /after stage "prune".*"fc2\.bias" of layer "fc2"/,
    );
  });
});

describe('resumeExperiment', () => {
  test('goes on after the signal to bit for bit the same weights, log and result', async () => {
    const expected = await expectedOutcome();
    for (let step = 1; step <= 30; step += 7) {
      const events = await interrupted(step, { force: true });
      expect(events.at(-1)).toMatchObject({
        type: 'interrupted',
        message: expect.stringContaining(`pare resume ${folder}`),
      });
      expect((await resume()).at(-1)!.type).toBe('result');
      expect(await outcome()).toEqual(expected);
    }
  });

  test('goes on after a full disk at any write', async () => {
    const expected = await expectedOutcome();
    let failures = 0;
    for (let after = 1; ; after += 17) {
      let left = after;
      const full: FileOperations = {
        rename,
        rm,
        open: async (path, flags) => {
          const file = await open(path, flags);
          const writeWhole = (data: Uint8Array | string) => {
            if (--left > 0) return file.writeFile(data);
            throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
          };
          return {
            writeFile: async (data) => writeWhole(data),
            sync: () => file.sync(),
            close: () => file.close(),
          };
        },
      };
      const failure = await run({ files: full, force: true }).catch(
        (error: unknown) => error as Error & { code: string },
      );
      if (Array.isArray(failure)) break;
      failures++;
      expect(failure.code).toBe('DISK_FULL');
      expect(failure.message).toMatch(/Could not write .*checkpoints.*full \(ENOSPC\)/);
      const started = await stat(join(folder, 'checkpoints', 'latest.json')).catch(() => undefined);
      await (started ? resume() : run({ force: true }));
      expect(await outcome()).toEqual(expected);
    }
    expect(failures).toBeGreaterThan(3);
  });

  test('goes on after kill -9 in steps and at every kind of file operation', async () => {
    const expected = await expectedOutcome();
    const child = (operation: number, step: number) =>
      new Promise<{ signal: string | undefined; stdout: string; stderr: string }>((done) => {
        const support = new URL('../../test-support/', import.meta.url);
        const loader = new URL('register-typescript.mjs', support).href;
        const script = new URL('crashing-run.mjs', support).pathname;
        const options = [
          '--no-warnings',
          '-C',
          '@pare/source',
          '--import',
          loader,
          script,
          folder,
          String(operation),
          String(step),
        ];
        execFile(process.execPath, options, (error, stdout, stderr) =>
          done({ signal: error?.signal, stdout, stderr }),
        );
      });
    // The first checkpoint has about 20 operations: these die in its data, before its rename, in the index, then later.
    for (const [operation, step] of [
      [3, 0],
      [9, 0],
      [16, 0],
      [0, 4],
      [32, 0],
      [0, 9],
      [45, 0],
      [0, 2],
    ] as const) {
      expect((await child(operation, step)).signal).toBe('SIGKILL');
    }
    expect(await child(0, 0)).toEqual({ signal: undefined, stdout: 'result', stderr: '' });
    expect(await outcome()).toEqual(expected);
    expect(
      (await readdir(join(folder, 'checkpoints'))).filter((name) => name.endsWith('.tmp')),
    ).toEqual([]);
  });

  test('a finished run gives its result again', async () => {
    const [before] = [await run(), await outcome()];
    const after = await resume();
    expect({ ...after.at(-1), seconds: 0 }).toEqual({ ...before.at(-1), seconds: 0 });
  });

  test.each([
    ['cut off', async (path: string) => truncate(path, 200)],
    [
      'changed',
      async (path: string) => {
        const bytes = await readFile(path);
        bytes[bytes.length - 1]! ^= 1;
        await writeFile(path, bytes);
      },
    ],
    ['gone', async (path: string) => rm(path)],
  ])(
    'where the newest checkpoint is %s it says so and goes on from the one before',
    async (_name, damage) => {
      const expected = await expectedOutcome();
      await interrupted(12);
      const newest = (await readdir(join(folder, 'checkpoints')))
        .filter((name) => name.endsWith('.safetensors'))
        .sort()
        .at(-1)!;
      await damage(join(folder, 'checkpoints', newest));
      const events = await resume();
      expect(events.slice(1, 3)).toMatchObject([
        { type: 'notice', message: expect.stringContaining(`${newest} cannot be used`) },
        {
          type: 'notice',
          message: expect.stringMatching(/goes on from the checkpoint before it, 0.*\.safetensors/),
        },
      ]);
      expect(await outcome()).toEqual(expected);
    },
  );

  test('where the index is gone the newest file is used', async () => {
    const expected = await expectedOutcome();
    await interrupted(12);
    await rm(join(folder, 'checkpoints', 'latest.json'));
    expect((await resume())[1]).toMatchObject({
      type: 'notice',
      message: expect.stringContaining('latest.json cannot be read'),
    });
    expect(await outcome()).toEqual(expected);
  });

  test('no usable checkpoint is an error', async () => {
    await interrupted(12);
    const checkpoints = join(folder, 'checkpoints');
    for (const name of await readdir(checkpoints)) await truncate(join(checkpoints, name), 10);
    const failed = resume();
    await expect(failed).rejects.toMatchObject({ code: 'CHECKPOINT_DAMAGED' });
    await expect(failed).rejects.not.toThrow('goes on');
    await rm(checkpoints, { recursive: true });
    await expect(resume()).rejects.toMatchObject({ code: 'CHECKPOINT_MISSING' });
    await rm(folder, { recursive: true });
    await expect(resume()).rejects.toMatchObject({ code: 'NOT_A_RUN_FOLDER' });
  });

  test('another network is an error that names the first parameter that differs', async () => {
    await interrupted(12);
    const other = resume({ network: smallNetwork(6) });
    await expect(other).rejects.toMatchObject({ code: 'CHECKPOINT_MISMATCH' });
    await expect(other).rejects.toThrow(
      /"fc1\.weight" is \[4, 5\] in the checkpoint and \[4, 6\] in the network/,
    );
  });

  test('another plan or seed is an error', async () => {
    await interrupted(12);
    await expect(resume(smallExperiment({ stages: [smallTraining()] }))).rejects.toThrow(
      /stages train, prune, tune; the recipe has train/,
    );
    await expect(resume({ seed: 8 })).rejects.toThrow(/seed 7; received 8/);
  });

  test('a checkpoint of another version is an error, not a reason to fall back', async () => {
    await interrupted(12);
    const store = new CheckpointStore(join(folder, 'checkpoints'));
    const { checkpoint } = await store.read();
    await store.write({ ...checkpoint, facts: { ...checkpoint.facts, version: 2 as 1 } });
    await expect(resume()).rejects.toMatchObject({ code: 'CHECKPOINT_VERSION' });
  });

  test('a configuration that was changed since is allowed, with a notice', async () => {
    await interrupted(12, { config: { method: { name: 'm', strength: 1 } } });
    const events = await resume({ config: { method: { name: 'm', strength: 2 } } });
    expect(events[1]).toEqual({
      type: 'notice',
      message: expect.stringContaining('method.strength was 1, is 2'),
    });
    expect(events.at(-1)!.type).toBe('result');
  });

  test.each(['', '3\n'])('a configuration file that holds %j is no run', async (text) => {
    await interrupted(12);
    await writeFile(join(folder, 'config.yaml'), text);
    await expect(resume()).rejects.toThrow(/config\.yaml: it holds no configuration/);
  });

  test('another engine or thread count is allowed, with a notice', async () => {
    await interrupted(12);
    const { engine } = smallExperiment();
    const events = await resume({ engine: { ...engine, info: { ...engine.info, threads: 4 } } });
    expect(events[1]).toEqual({
      type: 'notice',
      message: expect.stringMatching(
        /reference 1 with 1 thread and goes on with reference 1 with 4 threads: .*not bit for bit/,
      ),
    });
    expect(events.at(-1)!.type).toBe('result');
  });
});

test('a checkpoint is read as it was written', async () => {
  await interrupted(28);
  const { checkpoint } = await new CheckpointStore(join(folder, 'checkpoints')).read();
  expect(checkpoint.facts).toMatchObject({
    stage: 2,
    best: { evaluation: { split: 'validation' } },
  });
  expect([...checkpoint.variables.keys()]).toContain('fc1.weight');
  expect(checkpoint.best.size).toBe(4);
  expect(decodeCheckpoint(Buffer.concat(encodeCheckpoint(checkpoint)), 'x')).toEqual(checkpoint);
});
