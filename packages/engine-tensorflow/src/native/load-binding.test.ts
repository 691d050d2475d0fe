import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { createInstallContext } from './install-context.ts';
import { loadBinding } from './load-binding.ts';
import { proofGraph } from './proof-graph.ts';
import { findReadyLibrary } from './ready-library.ts';
import { childTimeout, runChild } from './testing/run-child.ts';

let folder: string;
const before = { ...process.env };
const ready = await findReadyLibrary(createInstallContext());
const whenInstalled = ready === undefined ? test.skip : test;
const withoutPackage = ready?.source === 'installed-binding' ? test.skip : test;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pare-load-'));
});
afterEach(async () => {
  process.env = { ...before };
  await rm(folder, { recursive: true, force: true });
});

describe('loadBinding', () => {
  withoutPackage('says how to install when nothing is there', () => {
    process.env.PARE_CACHE_DIR = folder;
    delete process.env.PARE_TENSORFLOW_DIR;
    expect(() => loadBinding()).toThrow(
      expect.objectContaining({
        code: 'ENGINE_NOT_INSTALLED',
        message: expect.stringMatching(/pare-load-.*`pare engine install`/) as unknown,
      }),
    );
  });

  withoutPackage('says what a PARE_TENSORFLOW_DIR lacks', () => {
    process.env.PARE_TENSORFLOW_DIR = folder;
    expect(() => loadBinding()).toThrow(
      expect.objectContaining({ code: 'TENSORFLOW_DIR_INVALID' }),
    );
  });

  whenInstalled('gives a binding that loads, runs and closes a session', async () => {
    const binding = loadBinding();
    expect(loadBinding()).toBe(binding);
    expect(binding.TF_Version).toBe(ready?.version);
    await writeFile(join(folder, 'saved_model.pb'), proofGraph());
    const tensors = binding.getNumOfTensors();
    const sessions = binding.getNumOfSavedModels();
    const session = binding.loadSavedModel(folder, 'serve');
    const input = binding.createTensor([2], binding.TF_FLOAT, new Float32Array([3, -4]));
    const [output] = binding.runSavedModel(session, [input], 'x:0', 'y:0');
    expect(output).toMatchObject({ shape: [2], dtype: binding.TF_FLOAT });
    const id = output?.id ?? -1;
    expect(Array.from(binding.tensorDataSync(id) as Float32Array)).toEqual([9, 16]);
    binding.deleteTensor(id);
    binding.deleteTensor(input);
    binding.deleteSavedModel(session);
    expect(binding.getNumOfTensors()).toBe(tensors);
    expect(binding.getNumOfSavedModels()).toBe(sessions);
  });

  whenInstalled(
    'lets a worker thread that used it end without taking the process along',
    async () => {
      expect(await runChild('worker-child.ts')).toEqual({
        code: 0,
        signal: null,
        output: `worker ${ready?.version}\nworker ${ready?.version}\nmain goes on\n`,
      });
    },
    childTimeout,
  );
});
