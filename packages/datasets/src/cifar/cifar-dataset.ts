import { resolve } from 'node:path';
import { dataDirectory } from '../files/data-directory.ts';
import { dataHint } from '../files/data-hint.ts';
import { imageDataset } from '../images/image-dataset.ts';
import { findCifar } from './find-cifar.ts';
import { loadCifar } from './load-cifar.ts';
import type { Dataset } from '@pare/core';
import type { z } from 'zod';
import type { DataManifest } from '../files/data-manifest.ts';
import type { PaperNormalizations } from '../images/named-normalization.ts';
import type { Normalization } from '../images/normalization.ts';
import type { CifarKind } from './cifar-kind.ts';
import type { cifarOptions } from './cifar-options.ts';

/** What distinguishes the two data sets. */
export interface CifarParts {
  readonly kind: CifarKind;
  readonly manifest: DataManifest;
  /** Key of the labels that are taken. */
  readonly key: string;
  readonly standard: Normalization;
  readonly papers: PaperNormalizations;
  readonly options: z.output<z.ZodObject<ReturnType<typeof cifarOptions<string>>>>;
}

/** Finds, loads and checks CIFAR-10 or CIFAR-100. */
export async function createCifar(parts: CifarParts): Promise<Dataset> {
  const { kind, manifest, key, standard, papers, options } = parts;
  const { format, verify } = options;
  const directory = resolve(options.directory ?? dataDirectory(kind.name));
  const hint = dataHint(manifest);
  const place = await findCifar({ kind, directory, format, hint });
  const { train, test } = await loadCifar(place, { kind, key, verify });
  return imageDataset({
    name: kind.name,
    classes: kind.labels.find((labels) => labels.key === key)!.classes,
    source: `${place.path} (${sourceOf(place.packed && place.form.archive.md5, verify)})`,
    train,
    test,
    options,
    standard: () => standard,
    papers,
  });
}

function sourceOf(md5: string | false | undefined, verify: boolean): string {
  if (!verify) return 'not verified';
  return md5 ? `MD5: ${md5}` : 'files compared with the published ones';
}
