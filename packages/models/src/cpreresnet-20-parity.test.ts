import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { torchShape } from '@pare/core';
import { createTensorFlowEngine, tensorFlowStatus } from '@pare/engine-tensorflow';
import { NetworkBuilder } from '@pare/graph';
import { createCpreresnet20 } from './cpreresnet-20.ts';
import { runNetwork } from './testing/run-network.ts';
import type { Engine } from '@pare/core';
import type { Mode, Parameter } from '@pare/graph';

const { ready } = await tensorFlowStatus();
const natively = ready ? describe : describe.skip;

/** Numbers of mulberry32, in [-1, 1). */
function sequence(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (2 * ((t ^ (t >>> 14)) >>> 0)) / 2 ** 32 - 1;
  };
}

const list = (length: number, value: () => number) => Array.from({ length }, value);

/** FNV-1a. */
const hash = (text: string) =>
  [...text].reduce((h, c) => Math.imul(h ^ c.charCodeAt(0), 0x01000193) >>> 0, 0x811c9dc5);

/** Which end of a line in weight space: endpoint 1 has the names `weight1` and `bias1`. */
type Endpoints = Readonly<Partial<Record<Parameter['role'], '1'>>>;

/** Each tensor is drawn with the hash of its name for a seed. */
const fillOf = (endpoints: Endpoints) => (parameter: Parameter) => {
  const { name, role, shape } = parameter;
  const size = shape.reduce((a, b) => a * b, 1);
  if (role === 'running-mean') return list(size, () => 0);
  if (role === 'running-variance') return list(size, () => 1);
  const u = sequence(hash(`${name}${endpoints[role] ?? ''}`));
  const bound = Math.sqrt((6 * torchShape(parameter)[0]!) / size);
  if (role === 'weight') return list(size, () => bound * u());
  return list(size, () => (role === 'norm-scale' ? 1 + 0.2 * u() : 0.1 * u()));
};

natively('with weights drawn by name', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createTensorFlowEngine();
  });
  afterAll(() => engine.dispose());

  function run(
    options: Parameters<typeof createCpreresnet20>[0],
    mode: Mode,
    endpoints: Endpoints = {},
  ) {
    const task = { imageShape: [32, 32, 3], classes: 10 } as const;
    const network = createCpreresnet20(options).build(new NetworkBuilder(), task);
    const image = list(2 * 3 * 32 * 32, sequence(3));
    const settings = { fill: fillOf(endpoints), pixel: (i: number) => image[i]!, labels: [3, 7] };
    return runNetwork(engine, network, { mode, ...settings });
  }

  /** Logits to 0.001, as rounding of float32 lets them differ. */
  function expectNear(actual: readonly number[], expected: readonly number[]): void {
    expected.forEach((value, i) => expect(Math.abs(actual[i]! - value)).toBeLessThan(1e-3));
  }

  const norms = { 'norm-scale': '1', 'norm-shift': '1' } as const;

  // Numbers of the authors' code in PyTorch.
  test.each([
    ['batch', 'eval', {}, [-7.99227, -8.50264, 2.47568, 16.8073, -13.6774], 8.787424],
    ['batch', 'train', {}, [-0.279033, 0.150387, 0.0202875, 0.207215], 2.190207],
    ['group', 'eval', { weight: '1', ...norms }, [0.701658, -0.350996, 0.499743], 2.331288],
    ['instance', 'eval', norms, [-0.243973, 0.102226, 0.0222831], 2.096961],
  ] as const)('LCS: %s norm, %s mode, endpoints %j', async (norm, mode, ends, first, loss) => {
    const result = await run({ norm }, mode, ends);
    expectNear(result.logits[0]!, first);
    expectNear([result.loss], [loss]);
  });

  // Numbers of a network written for this test in PyTorch, with the residual of relu(x); none are published.
  test.each([
    ['batch', 'eval', [-2.217477, -0.3383884, -0.8344878, 4.758972, -4.493604], 2.183195],
    ['batch', 'train', [-0.1898155, 0.204753, 0.02082609, 0.16099, -0.4869023], 2.272178],
    ['group', 'eval', [-0.8598598, 0.4393425, -0.7216447, 1.223132, -0.4479836], 1.76427],
    ['instance', 'eval', [-0.3005063, 0.113832, -0.02748719, 0.2261459, -0.5453768], 2.174463],
  ] as const)('norms after the convolutions: %s, %s mode', async (norm, mode, first, loss) => {
    const result = await run({ norm, normPlacement: 'after' }, mode);
    expectNear(result.logits[0]!, first);
    expectNear([result.loss], [loss]);
  });
});
