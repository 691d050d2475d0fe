import { describe, expect, test } from '@jest/globals';
import { addParameters, NetworkBuilder } from '@pare/graph';
import { toTorchLayout } from '@pare/core';
import { createCpreresnet20 } from '@pare/models';
import { lcsMethod } from '../lcs-method.ts';
import { lcsOptions } from '../options.ts';
import { regimeOf } from '../regime-of.ts';
import { lcsSettings } from '../settings.ts';
import { nameFilled } from '../testing/name-fill.ts';
import { logitsOf, lossOf } from '../testing/run-network.ts';
import { twoImages } from '../testing/two-images.ts';
import { trainOneStep } from '../testing/train-one-step.ts';
import { alphaInput, passName } from './pass-names.ts';
import { runTimeCuts } from './width-cuts.ts';
import type { CompressedState, HostTensor, TrainStage } from '@pare/core';
import type { Network } from '@pare/graph';
import type { VariantName } from '../options.ts';

// Expected numbers come from the authors' code with the same fill and images.

const task = { imageShape: [32, 32, 3], classes: 10 } as const;

function stateOf(variant: VariantName, norm: 'batch' | 'instance'): CompressedState {
  const plain = createCpreresnet20({ norm }).build(new NetworkBuilder(), task);
  const added = regimeOf(lcsSettings(lcsOptions.parse({ variant }), plain.name)).added(plain);
  const network = addParameters(plain, added);
  return { network, weights: nameFilled(network.parameters) };
}

const methodOf = (variant: VariantName) => lcsMethod(lcsOptions.parse({ variant }));

async function lossAt(variant: VariantName, state: CompressedState, width: number) {
  const logits = await logitsOf(methodOf(variant).at!(state, { name: '', settings: { width } }));
  return { first: logits.slice(0, 3), loss: lossOf(logits) };
}

function stageOf(options: object, network: Network): TrainStage {
  const method = lcsMethod(lcsOptions.parse(options));
  return method.plan({ network, dataset: twoImages().info }).at(-1) as TrainStage;
}

/** Feeds of passes 2 and 3 at given widths. */
const at =
  (network: Network, widths: readonly number[], alphas: readonly number[] = []) =>
  () =>
    Object.assign(
      {},
      ...widths.map((width, i) => runTimeCuts(network, passName(i + 2)).feeds(width)),
      ...alphas.map((alpha, i) => ({
        [alphaInput(passName(i + 2))]: {
          dtype: 'float32',
          shape: [],
          data: Float32Array.of(alpha),
        },
      })),
    ) as Record<string, HostTensor>;

describe('a line of instance norms with the authors’ fill', () => {
  test.each([
    [1, [-0.243973, 0.102226, 0.0222831], 2.096961],
    [0.5, [0.0775971, 0.125801, -0.100135], 2.143124],
    [0.25, [-0.187883, 0.173914, 0.0373401], 2.348519],
  ])('at width %s', async (width, logits, loss) => {
    const result = await lossAt('lcs-l', stateOf('lcs-l', 'instance'), width);
    logits.forEach((value, i) => expect(result.first[i]).toBeCloseTo(value, 3));
    expect(result.loss).toBeCloseTo(loss, 3);
  });

  test('one step with the points 0, 1, 0.25 and 0.6', async () => {
    const state = stateOf('lcs-l', 'instance');
    const { network } = state;
    const widths = [0.25 + 0.75 * 0.25, 0.25 + 0.75 * 0.6];
    const stage = stageOf({ variant: 'lcs-l' }, network);
    const { metrics, weights } = await trainOneStep(state, stage, at(network, widths, [0.25, 0.6]));
    expect(metrics['loss at 0.25']).toBeCloseTo(2.348519, 4);
    expect(metrics['loss at 1']).toBeCloseTo(2.096961, 4);
    expect(metrics['loss at random widths']).toBeCloseTo((2.224058 + 2.249979) / 2, 4);
    expect(metrics.cosine).toBeCloseTo(0.9743031, 5);
    expect(4 * metrics.loss! + metrics.cosine!).toBeCloseTo(9.893821, 4);
    const stem = network.parameters.find(({ name }) => name === 'conv1.weight')!;
    const after = toTorchLayout(stem, weights.get('conv1.weight')!.data);
    [-0.2658889, 0.3988304, 0.02789423].forEach((w, i) => expect(after[i]).toBeCloseTo(w, 6));
    [0.9521924, 0.8336573, 0.9937502].forEach((w, i) =>
      expect(weights.get('bn.weight')!.data[i]).toBeCloseTo(w, 4),
    );
    [0.9113944, 0.8298209, 0.9919662].forEach((w, i) =>
      expect(weights.get('bn.weight1')!.data[i]).toBeCloseTo(w, 4),
    );
    const { loss } = await lossAt('lcs-l', { network, weights }, 0.625);
    expect(loss).toBeCloseTo(0.7631407, 3);
  }, 60_000);
});

describe('slimmable batch norms with the authors’ fill', () => {
  test('passes at 0.25, 1 and 0.5 update one set of statistics in this order', async () => {
    const state = stateOf('us', 'batch');
    const { network } = state;
    const stage = stageOf({ variant: 'us', widthSamples: 3 }, network);
    const { metrics, weights } = await trainOneStep(state, stage, at(network, [0.5]));
    expect(metrics['loss at 0.25']).toBeCloseTo(2.402182, 4);
    expect(metrics['loss at 1']).toBeCloseTo(2.190207, 4);
    expect(metrics['loss at random widths']).toBeCloseTo(2.202595, 4);
    const statistics = (name: string) => [...weights.get(`layer1.0.bn1.${name}`)!.data.slice(0, 4)];
    [0.004630156, -0.002152709, 0.002699575, -0.004198855].forEach((value, i) =>
      expect(statistics('running_mean')[i]).toBeCloseTo(value, 6),
    );
    [0.8793575, 0.9506543, 0.9107757, 0.8802192].forEach((value, i) =>
      expect(statistics('running_var')[i]).toBeCloseTo(value, 5),
    );
    // Evaluated with the statistics of this step and the weights from before it.
    const mixed = new Map(
      [...weights].map(([name, tensor]) => [
        name,
        /running/.test(name) ? tensor : state.weights.get(name)!,
      ]),
    );
    const { loss } = await lossAt('us', { network, weights: mixed }, 0.375);
    expect(loss).toBeCloseTo(2.29407, 3);
  }, 60_000);
});
