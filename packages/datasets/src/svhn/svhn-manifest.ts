import type { DataManifest, PublishedFile } from '../files/data-manifest.ts';

const homepage = 'http://ufldl.stanford.edu/housenumbers';

const file = (part: string, bytes: number, md5: string): PublishedFile => ({
  name: `${part}_32x32.mat`,
  url: `${homepage}/${part}_32x32.mat`,
  bytes,
  md5,
});

/** The three files of cropped digits. */
export const svhnFiles = {
  train: file('train', 182_040_794, 'e26dedcc434d2e4c54c9b2d4a06d8373'),
  test: file('test', 64_275_384, 'eb5a983be6a315427106f1b164d9cef3'),
  extra: { ...file('extra', 1_329_278_602, 'a93ce644f1a588dc4d68dda5feec44a7'), optional: true },
} as const;

/** SVHN, cropped digits: 246 MB, and 1.3 GB of further training images that nobody needs by default. */
export const svhnManifest: DataManifest = {
  dataset: 'svhn',
  homepage: `${homepage}/`,
  files: [svhnFiles.train, svhnFiles.test, svhnFiles.extra],
  byHand: `set "directory" to a folder with train_32x32.mat and test_32x32.mat (and extra_32x32.mat for "extra") from ${homepage}/.`,
};
