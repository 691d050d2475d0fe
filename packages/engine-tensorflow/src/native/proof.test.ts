import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { createInstallContext } from './install-context.ts';
import { proveBinding } from './proof.ts';
import { findReadyLibrary } from './ready-library.ts';

let folder: string;
const { env } = process;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pare-proof-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A binding in JavaScript whose graph gives the result that is asked for. */
async function fakeBinding(body: string): Promise<string> {
  const path = join(folder, 'binding.cjs');
  await writeFile(
    path,
    `module.exports = { TF_Version: '1.2.3', TF_FLOAT: 1, isUsingGpuDevice: () => false,
      loadSavedModel: () => 0, createTensor: () => 0, runSavedModel: () => [{ id: 1 }],
      tensorDataSync: () => { ${body} } };`,
  );
  return path;
}

describe('proveBinding', () => {
  test('reports the version of a binding that computes 3 * 3', async () => {
    const path = await fakeBinding('return [9];');
    expect(await proveBinding(path, { env })).toEqual({ version: '1.2.3', gpu: false });
  });

  test('refuses one that computes something else', async () => {
    const failing = proveBinding(await fakeBinding('return [3];'), { env });
    await expect(failing).rejects.toThrow('expected 3 * 3 = 9, received 3');
  });

  test('survives one that kills its process, and names the signal', async () => {
    const failing = proveBinding(await fakeBinding('process.abort();'), { env });
    await expect(failing).rejects.toMatchObject({ code: 'PROOF_FAILED' });
    await expect(failing).rejects.toThrow('signal SIGABRT');
  });

  test('shows what the loader said about a file that is no library', async () => {
    const path = join(folder, 'junk.node');
    await writeFile(path, 'junk');
    const failing = proveBinding(path, { env });
    await expect(failing).rejects.toMatchObject({ code: 'PROOF_FAILED' });
    await expect(failing).rejects.toThrow(/junk\.node.*(too short|invalid|not a)/s);
  });
});

const ready = await findReadyLibrary(createInstallContext());
const whenInstalled = ready === undefined ? test.skip : test;

whenInstalled('the installed library runs the graph', async () => {
  const proof = await proveBinding(ready?.bindingPath ?? '', { env });
  expect(proof.version).toBe(ready?.version);
});
