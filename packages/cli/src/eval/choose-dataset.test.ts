import { expect, test } from '@jest/globals';
import { chooseDataset } from './choose-dataset.ts';
import { normalizationNotice } from './normalization-notice.ts';

const dataset = { name: 'mnist', normalization: 'mean-image' };

test('the data set of the recipe keeps its options, also where it is asked for by its name', () => {
  expect(chooseDataset({ dataset }, undefined)).toBe(dataset);
  expect(chooseDataset({ dataset }, 'mnist')).toBe(dataset);
  expect(chooseDataset({ dataset }, 'fashion-mnist')).toBe('fashion-mnist');
  expect(chooseDataset({}, 'mnist')).toBe('mnist');
});

test('another normalization than that of the training is told', () => {
  const other = { name: 'fashion-mnist', normalization: 'standard' };
  expect(normalizationNotice({ dataset }, other)).toBe(
    'trained on mnist with normalization "mean-image", evaluated on fashion-mnist with "standard"; --set dataset.normalization=<...> changes it',
  );
  expect(normalizationNotice({ dataset }, { name: 'synthetic' })).toMatch(
    /synthetic with its own$/,
  );
});

test('the same normalization, or one that nobody knows, is no news', () => {
  expect(normalizationNotice({ dataset }, { ...dataset, name: 'fashion-mnist' })).toBeUndefined();
  expect(normalizationNotice({ dataset: 'mnist' }, dataset)).toBeUndefined();
  expect(normalizationNotice({}, dataset)).toBeUndefined();
});
