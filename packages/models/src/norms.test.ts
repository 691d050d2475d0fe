import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { optionsSchema } from '@pare/core';
import { createTfjsEngine } from '@pare/engine-tfjs';
import { NetworkBuilder } from '@pare/graph';
import plugin from './index.ts';
import { expectTrained } from './testing/expect-trained.ts';
import { opsOf } from './testing/ops-of.ts';
import { buildSmall, largerNetworks, normedNetworks } from './testing/small-networks.ts';
import { trainingGroups } from './testing/training-groups.ts';
import { trainingStep } from './testing/training-step.ts';
import type { Engine, Model, Provision } from '@pare/core';
import type { Network } from '@pare/graph';

jest.setTimeout(60_000);

/** Norms that a network may be given. */
function normsOf(provision: Provision<Model>): readonly string[] {
  const { norm } = optionsSchema({ provision }).properties as Record<string, { enum?: string[] }>;
  return norm?.enum ?? [];
}

async function build(name: string, norm: string): Promise<Network> {
  const { parts, side } = Object.values(trainingGroups).find(({ parts }) => name in parts)!;
  const part: Provision<Model> = (parts as Record<string, Provision<Model>>)[name]!;
  const model = await part.create({ options: part.options.parse({ norm }), deps: {} });
  const pixels = side(name);
  return model.build(new NetworkBuilder(), { imageShape: [pixels, pixels, 3], classes: 10 });
}

/** What belongs to norms, and what does not. */
function namesOf({ parameters }: Network) {
  const isNorm = /^(norm-|running-)/;
  const names = (wanted: boolean) =>
    parameters.filter(({ role }) => isNorm.test(role) === wanted).map(({ name }) => name);
  return { norms: names(true), others: names(false) };
}

const provisions = Object.entries(plugin.provides.model!);

test('networks without a norm to choose', () => {
  const without = provisions.filter(([, part]) => normsOf(part).length === 0);
  expect(without.map(([name]) => name)).toEqual(['linear', 'lenet-300-100', 'lenet-5']);
});

describe('whatever the norm, the same layers stand in the same places in', () => {
  const normed = provisions.filter(([, part]) => normsOf(part).length > 0);
  test.each(normed)('%s', async (name, part) => {
    const batch = await build(name, 'batch');
    const { norms, others } = namesOf(batch);
    const count = opsOf(batch, 'batchNorm').length;
    expect(count).toBeGreaterThan(0);
    expect(norms).toHaveLength(4 * count);
    const trained = norms.filter((parameter) => !parameter.includes('.running_'));
    // In VGG the numbers of the layers count the norms.
    const counted = /^vgg/.test(name);
    for (const norm of normsOf(part).filter((each) => each !== 'batch')) {
      const network = await build(name, norm);
      const isAffine = norm === 'group' || norm === 'instance';
      expect(opsOf(network, `${norm}Norm`)).toHaveLength(isAffine ? count : 0);
      expect(namesOf(network).norms).toEqual(isAffine ? trained : []);
      if (!counted || isAffine) expect(namesOf(network).others).toEqual(others);
    }
  });
});

describe('one step trains every parameter of', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createTfjsEngine();
  });
  afterAll(() => engine.dispose());

  const cases = Object.entries({ ...normedNetworks, ...largerNetworks }).flatMap(([name, small]) =>
    (['group', 'instance'] as const).map((norm) => [name, norm, small] as const),
  );
  test.each(cases)('%s with %s norm', async (_name, norm, small) => {
    const network = buildSmall(small, norm);
    expect(opsOf(network, `${norm}Norm`).length).toBeGreaterThan(0);
    expectTrained(network, await trainingStep(engine, network));
  });
});
