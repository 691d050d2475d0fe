import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { NetworkBuilder, networkToJson, relu } from '@pare/graph';
import { loadArtifact } from './load-artifact.ts';
import { saveArtifact } from './save-artifact.ts';
import type { HostTensor } from '../contracts/tensor.ts';
import type { Artifact, ArtifactJson } from './artifact.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pare-artifact-'));
});
afterEach(() => rm(folder, { recursive: true }));

function artifact(): Artifact {
  const builder = new NetworkBuilder();
  const x = builder.input([20]);
  const network = builder.build(
    'tiny',
    x,
    builder.dense('out', relu(builder.dense('in', x, { units: 50 })), { units: 2 }),
  );
  const weights = new Map<string, HostTensor>(
    network.parameters.map(({ name, shape }) => {
      const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
      for (let i = 0; i < data.length; i += name === 'in.weight' ? 10 : 1)
        data[i] = Math.fround(Math.sin(i + 1));
      return [name, { dtype: 'float32', shape, data }];
    }),
  );
  return {
    network,
    weights,
    method: 'none',
    operatingPoints: [{ name: 'only', settings: {} }],
    recipe: { seed: 1 },
    metrics: { accuracy: 0.5 },
    versions: { '@pare/core': '1.0.0' },
  };
}

describe('artifact', () => {
  test('saved and loaded: the same network, weights and facts', async () => {
    const saved = artifact();
    const sizes = await saveArtifact(join(folder, 'model'), saved);
    const { network, ...loaded } = await loadArtifact(join(folder, 'model'));
    const { network: original, ...facts } = saved;
    expect(loaded).toEqual({ ...facts, sizes });
    expect(networkToJson(network)).toEqual(networkToJson(original));
  });

  test('counts what is really stored', async () => {
    const { weights } = artifact();
    const sizes = await saveArtifact(join(folder, 'model'), artifact());
    const file = await readFile(join(folder, 'model', 'weights.safetensors'));
    expect(sizes.denseBytes).toBe(4 * (20 * 50 + 50 + 50 * 2 + 2));
    expect(sizes.storedBytes).toBe(file.length);
    expect(sizes.storedBytes).toBeLessThan(sizes.denseBytes);
    expect(sizes.gzipBytes).toBe(gzipSync(file).length);
    expect(weights.get('in.weight')!.data.filter((w) => w !== 0)).toHaveLength(100);
  });

  test('replaces an older one and leaves nothing else behind', async () => {
    await saveArtifact(join(folder, 'model'), artifact());
    await writeFile(join(folder, 'model', 'leftover'), '');
    await saveArtifact(join(folder, 'model'), { ...artifact(), method: 'new' });
    expect((await loadArtifact(join(folder, 'model'))).method).toBe('new');
    expect(await readdir(folder)).toEqual(['model']);
    expect((await readdir(join(folder, 'model'))).sort()).toEqual([
      'model.json',
      'weights.safetensors',
    ]);
  });

  test('a changed byte of the weights is an error', async () => {
    await saveArtifact(folder, artifact());
    const path = join(folder, 'weights.safetensors');
    const bytes = await readFile(path);
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(path, bytes);
    await expect(loadArtifact(folder)).rejects.toMatchObject({ code: 'ARTIFACT_DAMAGED' });
  });

  test.each([
    ['no JSON', '{', 'ARTIFACT_DAMAGED'],
    ['other JSON', '{}', 'ARTIFACT_DAMAGED'],
    ['null', 'null', 'ARTIFACT_DAMAGED'],
    ['another version', '{"format":"pare-model","version":2}', 'ARTIFACT_VERSION'],
  ])('%s in model.json is an error', async (_name, text, code) => {
    await saveArtifact(folder, artifact());
    await writeFile(join(folder, 'model.json'), text);
    await expect(loadArtifact(folder)).rejects.toMatchObject({ code });
  });

  test.each<[string, (json: ArtifactJson) => unknown, RegExp]>([
    ['operating points', (json) => ({ ...json, operatingPoints: null }), /lacks "operatingPoints"/],
    ['a recipe', (json) => ({ ...json, recipe: undefined }), /lacks "recipe"/],
    [
      'a tensor',
      ({ weights, ...json }) => ({ ...json, weights: { ...weights, tensors: {} } }),
      /needs "in\.weight" as float32 \[20, 50\]; received nothing/,
    ],
    [
      'a known encoding',
      ({ weights, ...json }) => ({
        ...json,
        weights: {
          ...weights,
          tensors: { 'in.weight': { ...weights.tensors['in.weight'], encoding: 'zip' } },
        },
      }),
      /\(zip\) is damaged: expected one of dense, bitmap, gaps8, gaps16, .*\. Copy it again/,
    ],
  ])('a model.json without %s is damaged', async (_name, change, message) => {
    await saveArtifact(folder, artifact());
    const path = join(folder, 'model.json');
    const json = JSON.parse(await readFile(path, 'utf8')) as ArtifactJson;
    await writeFile(path, JSON.stringify(change(json)));
    const load = loadArtifact(folder);
    await expect(load).rejects.toMatchObject({ code: 'ARTIFACT_DAMAGED' });
    await expect(load).rejects.toThrow(message);
  });

  test('a folder that is not there is an error that says what a model is', async () => {
    await expect(loadArtifact(join(folder, 'none'))).rejects.toThrow(
      /Expected the folder of a model with model\.json/,
    );
  });
});
