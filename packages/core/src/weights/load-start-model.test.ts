import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { NetworkBuilder, flatten, tanh } from '@pare/graph';
import { loadArtifact } from '../artifact/load-artifact.ts';
import { saveArtifact } from '../artifact/save-artifact.ts';
import { initializeNetwork } from '../random/initialize.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import { runExperiment } from '../run/run-experiment.ts';
import { failure } from '../testing/failure.ts';
import { lineMethod } from '../testing/line-method.ts';
import { smallExperiment, smallNetwork } from '../testing/small-experiment.ts';
import { loadStart } from './load-start.ts';
import type { Network } from '@pare/graph';

// Real files, synced to disk: slow where the machine is busy.
jest.setTimeout(120_000);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pare-start-model-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Saves a network with weights of its own, many of them zero, so that they are packed. */
async function save(network: Network, method = 'prune') {
  const weights = initializeNetwork(network, new SeededRandom(3));
  for (const { data } of weights.values()) data.fill(0, 1);
  const facts = { method, operatingPoints: [], recipe: {}, metrics: {}, versions: {} };
  await saveArtifact(join(folder, 'model'), { network, weights, ...facts });
  return weights;
}

describe('a model', () => {
  test('is taken from its folder, from that of its run, or by the name of its weights', async () => {
    const weights = await save(smallNetwork());
    for (const name of ['', 'model', 'model/weights.safetensors']) {
      const path = join(folder, name);
      const start = await loadStart(smallNetwork(), { path });
      expect(start.weights).toEqual(weights);
      expect(start.notices).toEqual([expect.stringContaining(`starts from ${path}: 4 tensors, `)]);
      const { sha256 } = start.reference;
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      await expect(loadStart(smallNetwork(), { path, sha256 })).resolves.toBeDefined();
    }
  });

  test('of another network is an error that says that its network differs', async () => {
    await save(smallNetwork(4));
    const error = await failure(() => loadStart(smallNetwork(), { path: folder }));
    expect(error.code).toBe('START_MISMATCH');
    expect(error.message).toMatch(/which method "prune" has made, is another one than "small"/);
    expect(error.message).toContain('"fc2.weight" expected [5, 3], received [4, 3]');
  });

  test('with layers that this network lacks is an error, although all weights are there', async () => {
    const builder = new NetworkBuilder();
    const x = builder.input([2, 2, 1]);
    const hidden = builder.dense('fc2', builder.dense('fc1', flatten(x), { units: 5 }), {
      units: 3,
    });
    await save(builder.build('deep', x, builder.dense('fc3', hidden, { units: 3 })));
    const error = await failure(() => loadStart(smallNetwork(), { path: folder }));
    expect(error.message).toMatch(/not of this network: "fc3.weight" \[3, 3\], "fc3.bias" \[3\]/);
  });

  test('with the same weights in another network is taken, which is said', async () => {
    const builder = new NetworkBuilder();
    const x = builder.input([2, 2, 1]);
    const hidden = tanh(builder.dense('fc1', flatten(x), { units: 5 }));
    await save(builder.build('small', x, builder.dense('fc2', hidden, { units: 3 })));
    const { notices } = await loadStart(smallNetwork(), { path: folder });
    expect(notices[1]).toMatch(
      /has the same weights as "small", but its layers or settings differ/,
    );
  });

  test('gives only weights of the network where its method keeps others beside the graph, which is said', async () => {
    const method = lineMethod();
    for await (const _ of runExperiment({
      ...smallExperiment(),
      method,
      folder: join(folder, 'run'),
    }));
    const { weights, notices } = await loadStart(smallNetwork(), { path: join(folder, 'run') });
    const saved = await loadArtifact(join(folder, 'run', 'model'));
    expect(saved.weights.size).toBe(5);
    expect([...weights.keys()]).toEqual(smallNetwork().parameters.map(({ name }) => name));
    expect(weights.get('fc1.weight')).toEqual(saved.weights.get('fc1.weight'));
    expect(notices.slice(1)).toEqual([
      `start: only weights of the network are taken; 1 tensor that method "${method.name}" keeps beside it is left out.`,
    ]);
  });

  test('of a run that is not finished, and a folder without a model, are errors', async () => {
    await mkdir(join(folder, 'run'));
    const path = join(folder, 'run');
    expect((await failure(() => loadStart(smallNetwork(), { path }))).code).toBe('START_NOT_FOUND');
    await writeFile(join(path, 'config.yaml'), '');
    const { code, message } = await failure(() => loadStart(smallNetwork(), { path }));
    expect([code, message]).toEqual([
      'RUN_NOT_FINISHED',
      expect.stringContaining(`pare resume ${path}`),
    ]);
  });
});
