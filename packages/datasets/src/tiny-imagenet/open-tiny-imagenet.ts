import { join } from 'node:path';
import { indexClassFolders } from '../folder/class-folder-index.ts';
import { fileSource } from '../folder/file-source.ts';
import { listFolder } from '../folder/list-folder.ts';
import { PackedNames } from '../folder/packed-names.ts';
import { readDataFile } from '../idx/read-data-file.ts';
import { labelImages } from './label-images.ts';
import { readAnnotations } from './read-annotations.ts';
import { readClassList } from './read-class-list.ts';
import type { LabeledFiles } from '../folder/file-source.ts';
import type { EncodedSource } from '../encoded/encoded-source.ts';

/** The labelled images of Tiny ImageNet. */
export interface TinyImagenet {
  /** Names of the classes in the order of their numbers. */
  readonly classes: readonly string[];
  readonly train: EncodedSource;
  /** Validation images, sorted by file name. */
  readonly validation: EncodedSource;
  /** Class number of each validation image. */
  readonly labels: Int32Array;
}

/**
 * Opens the folder that the archive unpacks to: wnids.txt, train/<wnid>/images, val/images and val/val_annotations.txt.
 * The folder test is not used: its images have no labels. `hint` says how to get missing files. Throws
 * DATASET_FILE_NOT_FOUND, DATASET_LABEL_MISMATCH and what the parts throw.
 */
export async function openTinyImagenet(directory: string, hint: string): Promise<TinyImagenet> {
  const list = await readText(directory, 'wnids.txt', hint);
  const classes = readClassList(list.text, list.path);
  const val = join(directory, 'val');
  const { text, path } = await readText(val, 'val_annotations.txt', hint);
  const folder = join(val, 'images');
  const { images } = await listFolder(folder, advice.missing);
  const labels = labelImages({ images, annotations: readAnnotations(text, path), classes, path });
  const train = await indexClassFolders({ root: join(directory, 'train'), classes, advice });
  return {
    classes,
    train: fileSource(train),
    validation: fileSource(filesOf(folder, images, labels)),
    labels,
  };
}

/** The archive is whole, so what is missing was lost on the way. */
const again = 'Unpack the archive again.';
const advice = { missing: again, flat: again, empty: again };

async function readText(directory: string, name: string, hint: string) {
  const { path, bytes } = await readDataFile({
    owner: 'tiny-imagenet',
    directory,
    names: [name],
    hint,
  });
  return { path, text: new TextDecoder().decode(bytes) };
}

function filesOf(folder: string, images: readonly string[], labels: Int32Array): LabeledFiles {
  const names = new PackedNames(images);
  return {
    count: names.count,
    pathOf: (index) => join(folder, names.at(index)),
    labelOf: (index) => labels[index]!,
  };
}
