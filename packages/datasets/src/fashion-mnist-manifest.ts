import type { DataManifest } from './files/data-manifest.ts';

const folder =
  'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion';

const file = (name: string, bytes: number, md5: string) => ({
  name,
  url: `${folder}/${name}`,
  bytes,
  md5,
});

/** Fashion-MNIST as its authors publish it (Xiao, Rasul and Vollgraf 2017): four gzipped IDX files, 31 MB. */
export const fashionMnistManifest: DataManifest = {
  dataset: 'fashion-mnist',
  homepage: 'https://github.com/zalandoresearch/fashion-mnist',
  files: [
    file('train-images-idx3-ubyte.gz', 26_421_880, '8d4fb7e6c68d591d4c3dfef9ec88bf0d'),
    file('train-labels-idx1-ubyte.gz', 29_515, '25c81989df183df01b3e8a0aad5dffbe'),
    file('t10k-images-idx3-ubyte.gz', 4_422_102, 'bef4ecab320f06d8554ea6380940ec79'),
    file('t10k-labels-idx1-ubyte.gz', 5_148, 'bb300cfdad3c16e7a12a480ee83cd310'),
  ],
  byHand:
    'set "directory" to a folder with the four IDX files of Fashion-MNIST, gzipped or not; ' +
    'Debian and Ubuntu have them as a package: apt-get install dataset-fashion-mnist.',
};
