import type { PublishedFile } from '../files/data-manifest.ts';

/** A file of an unpacked version, with what is known of its published content. */
export interface CifarFile {
  readonly name: string;
  readonly bytes?: number;
  readonly md5?: string;
}

/** One of the two versions in which the authors publish a data set. */
export interface CifarForm {
  readonly format: 'binary' | 'python';
  readonly archive: PublishedFile;
  /** Folder in the archive. */
  readonly folder: string;
  readonly train: readonly CifarFile[];
  readonly test: readonly CifarFile[];
}

/** One kind of class numbers that images have. */
export interface CifarLabels {
  /** Key in the Python version. */
  readonly key: string;
  readonly classes: number;
}

/** CIFAR-10 or CIFAR-100 as they are published (Krizhevsky 2009): images of 32 x 32 in 3 channels. */
export interface CifarKind {
  readonly name: 'cifar-10' | 'cifar-100';
  /** In the order of the label bytes of the binary version. */
  readonly labels: readonly CifarLabels[];
  readonly forms: readonly CifarForm[];
}

const archive = (name: string, bytes: number, md5: string): PublishedFile => ({
  name,
  url: `https://www.cs.toronto.edu/~kriz/${name}`,
  bytes,
  md5,
});

/** 60,000 images, 10 classes. */
export const cifar10Kind: CifarKind = {
  name: 'cifar-10',
  labels: [{ key: 'labels', classes: 10 }],
  forms: [
    {
      format: 'binary',
      archive: archive('cifar-10-binary.tar.gz', 170_052_171, 'c32a1d4ab5d03f1284b67883e8d87530'),
      folder: 'cifar-10-batches-bin',
      train: [1, 2, 3, 4, 5].map((i) => ({ name: `data_batch_${i}.bin`, bytes: 30_730_000 })),
      test: [{ name: 'test_batch.bin', bytes: 30_730_000 }],
    },
    {
      format: 'python',
      archive: archive('cifar-10-python.tar.gz', 170_498_071, 'c58f30108f718f92721af3b95e74349a'),
      folder: 'cifar-10-batches-py',
      train: [
        { name: 'data_batch_1', md5: 'c99cafc152244af753f735de768cd75f' },
        { name: 'data_batch_2', md5: 'd4bba439e000b95fd0a9bffe97cbabec' },
        { name: 'data_batch_3', md5: '54ebc095f3ab1f0389bbae665268c751' },
        { name: 'data_batch_4', md5: '634d18415352ddfa80567beed471001a' },
        { name: 'data_batch_5', md5: '482c414d41f54cd18b22e5b47cb7c3cb' },
      ],
      test: [{ name: 'test_batch', md5: '40351d587109b95175f43aff81a1287e' }],
    },
  ],
};

/** 60,000 images, 100 fine classes in 20 coarse ones. */
export const cifar100Kind: CifarKind = {
  name: 'cifar-100',
  labels: [
    { key: 'coarse_labels', classes: 20 },
    { key: 'fine_labels', classes: 100 },
  ],
  forms: [
    {
      format: 'binary',
      archive: archive('cifar-100-binary.tar.gz', 168_513_733, '03b5dce01913d631647c71ecec9e9cb8'),
      folder: 'cifar-100-binary',
      train: [{ name: 'train.bin', bytes: 153_700_000 }],
      test: [{ name: 'test.bin', bytes: 30_740_000 }],
    },
    {
      format: 'python',
      archive: archive('cifar-100-python.tar.gz', 169_001_437, 'eb9058c3a382ffc7106e4002c42a8d85'),
      folder: 'cifar-100-python',
      train: [{ name: 'train', md5: '16019d7e3df5f24257cddd939b257f8d' }],
      test: [{ name: 'test', md5: 'f0ef6b0ae62326f3e7ffdfab6717acfc' }],
    },
  ],
};
