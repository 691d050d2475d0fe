import type { DataManifest } from '../files/data-manifest.ts';

/** ImageNet (ILSVRC 2012) has nothing to download: its terms have to be agreed to first. */
export const imagenetManifest: DataManifest = {
  dataset: 'imagenet',
  homepage: 'https://www.image-net.org/download.php',
  files: [],
  byHand:
    'Register at https://www.image-net.org, agree to the terms and download the images of ILSVRC 2012 (tasks 1 and 2: ' +
    'ILSVRC2012_img_train.tar, 138 GB, and ILSVRC2012_img_val.tar, 6.3 GB). Unpack each class into a folder of its own, ' +
    '<directory>/train/n01440764/*.JPEG, sort the validation images into <directory>/val/n01440764/*.JPEG, and set ' +
    '"directory" to that folder. LMDB files train.lmdb and val.lmdb are read too.',
};
