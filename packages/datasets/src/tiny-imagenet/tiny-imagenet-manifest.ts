import type { DataManifest } from '../files/data-manifest.ts';

/** Tiny ImageNet as Stanford's course CS231n publishes it: one zip archive, 237 MiB. */
export const tinyImagenetManifest: DataManifest = {
  dataset: 'tiny-imagenet',
  homepage: 'http://cs231n.stanford.edu/',
  files: [
    {
      name: 'tiny-imagenet-200.zip',
      url: 'http://cs231n.stanford.edu/tiny-imagenet-200.zip',
      bytes: 248_100_043,
      md5: '90528d7ca1a48142e341f4ef8d21d0de',
      unpack: 'zip',
    },
  ],
  byHand:
    'unpack tiny-imagenet-200.zip of http://cs231n.stanford.edu/tiny-imagenet-200.zip and set "directory" to the folder ' +
    'that has wnids.txt, train and val, as they come out of the archive.',
};
