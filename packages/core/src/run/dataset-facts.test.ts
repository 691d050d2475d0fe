import { expect, test } from '@jest/globals';
import { blobDataset } from '../testing/blob-dataset.ts';
import { datasetFacts } from './dataset-facts.ts';

const { info } = blobDataset();
const withMean = (mean: readonly number[]) =>
  datasetFacts({ ...info, normalization: { mean, deviation: [1] } });

test('means of channels stay as they are', () => {
  expect(datasetFacts(info)).toEqual(info);
});

test('a mean image is told by how many numbers it has and their SHA-256', () => {
  // Python: hashlib.sha256(struct.pack('<4d', 0.5, 0.25, 0, 1)).hexdigest()
  const sha256 = 'f0004cb9787991f2e1d93241d051a1ed0e3216916ea5439874ad90d58ed1f4d1';
  expect(withMean([0.5, 0.25, 0, 1])).toEqual({
    ...info,
    normalization: { mean: { count: 4, sha256 }, deviation: [1] },
  });
  expect(withMean([0.5, 0.25, 0, 1.5]).normalization.mean).not.toMatchObject({ sha256 });
});
