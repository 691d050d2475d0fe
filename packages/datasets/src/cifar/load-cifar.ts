import { join } from 'node:path';
import { CIFAR_PIXELS, CIFAR_SHAPE, writePixels } from './cifar-batch.ts';
import { openCifar } from './open-cifar.ts';
import { parseCifarBinary } from './parse-cifar-binary.ts';
import { parseCifarPython } from './parse-cifar-python.ts';
import type { LabeledImages } from '../images/labeled-images.ts';
import type { CifarBatch } from './cifar-batch.ts';
import type { CifarFile, CifarKind } from './cifar-kind.ts';
import type { CifarPlace } from './find-cifar.ts';

/** What is loaded. */
export interface CifarContent {
  readonly kind: CifarKind;
  /** Key of the labels that are taken. */
  readonly key: string;
  readonly verify: boolean;
}

/** Loads train and test images. Errors are listed in the README of this package. */
export async function loadCifar(
  place: CifarPlace,
  { kind, key, verify }: CifarContent,
): Promise<{ train: LabeledImages; test: LabeledImages }> {
  const { form, path } = place;
  const read = await openCifar(place, verify);
  const parse = async (file: CifarFile): Promise<CifarBatch> => {
    const bytes = await read(file);
    const name = join(path, file.name);
    if (form.format === 'binary') return parseCifarBinary(bytes, kind.labels, key, name);
    return parseCifarPython(
      bytes,
      kind.labels.find((labels) => labels.key === key)!,
      name,
    );
  };
  return { train: await loadAll(form.train, parse), test: await loadAll(form.test, parse) };
}

async function loadAll(
  files: readonly CifarFile[],
  parse: (file: CifarFile) => Promise<CifarBatch>,
): Promise<LabeledImages> {
  const batches: CifarBatch[] = [];
  for (const file of files) batches.push(await parse(file));
  const count = batches.reduce((sum, { labels }) => sum + labels.length, 0);
  const images = new Uint8Array(count * CIFAR_PIXELS);
  const labels = new Int32Array(count);
  let at = 0;
  for (const batch of batches) {
    writePixels(batch, images, at);
    labels.set(batch.labels, at);
    at += batch.labels.length;
  }
  return { images, labels, shape: CIFAR_SHAPE };
}
