import { expect, test } from '@jest/globals';
import { NetworkBuilder } from '@pare/graph';
import { createCpreresnet20 } from './cpreresnet-20.ts';
import { describeNatively } from './testing/describe-natively.ts';
import { nameData } from './testing/name-fill.ts';
import { runNetwork } from './testing/run-network.ts';
import type { Mode, ParameterRole } from '@pare/graph';

/** Which end of a line in weight space: endpoint 1 has the names `weight1` and `bias1`. */
type Endpoints = Readonly<Partial<Record<ParameterRole, '1'>>>;

describeNatively('with weights drawn by name', (engine) => {
  function run(
    options: Parameters<typeof createCpreresnet20>[0],
    mode: Mode,
    endpoints: Endpoints = {},
  ) {
    const task = { imageShape: [32, 32, 3], classes: 10 } as const;
    const network = createCpreresnet20(options).build(new NetworkBuilder(), task);
    const data = nameData(network, [3, 7], ({ name, role }) => `${name}${endpoints[role] ?? ''}`);
    return runNetwork(engine(), network, mode, data);
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
