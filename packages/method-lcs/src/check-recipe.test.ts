import { describe, expect, test } from '@jest/globals';
import { RunnableModel, initializeNetwork, systemClock, SeededRandom } from '@pare/core';
import { createReferenceEngine } from '@pare/core/testing';
import { lcsMethod } from './lcs-method.ts';
import { lcsOptions } from './options.ts';
import { blobResidual } from './testing/blob-residual.ts';

const network = blobResidual('group');
const weights = initializeNetwork(network, new SeededRandom(1));
const pointwise = { setting: 'unstructured', variant: 'lcs-p' };

/** Opens a network without anything beside its graph, as every lcs-p leaves it. */
const open = (used: object, method: unknown) =>
  RunnableModel.open({
    network,
    weights,
    recipe: { method },
    method: lcsMethod(lcsOptions.parse(used)),
    engine: createReferenceEngine(),
    clock: systemClock,
  });

test('a result opens with the options of its recipe, whatever those of training are, and without a recipe', async () => {
  for (const recipe of [
    { name: 'lcs', ...pointwise },
    { name: 'lcs', ...pointwise, epochs: 3, keep: [0.025, 1], grid: [1, 0.5] },
    { name: 'lcs', optionOfAnotherVersion: 1 },
    undefined,
  ]) {
    await using model = await open(pointwise, recipe);
    expect(model.point.settings).toEqual({ keep: 1 });
  }
});

describe('a result is refused that was trained', () => {
  test.each([
    [
      'with another setting',
      { name: 'lcs', setting: 'structured', variant: 'lcs-p' },
      'the model "blobs" was trained with setting "structured", and is to be run with setting "unstructured". Use',
    ],
    [
      'for another range',
      { name: 'lcs', ...pointwise, keep: [0.5, 1], grid: [1] },
      'was trained with keep [0.5,1], and is to be run with keep [0.025,1].',
    ],
    ['by another method', { name: 'hoyer' }, 'was trained by the method "hoyer".'],
  ])('%s', async (_what, method, message) => {
    await expect(open(pointwise, method)).rejects.toThrow(message);
  });
});
