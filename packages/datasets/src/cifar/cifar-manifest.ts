import { cifar100Kind, cifar10Kind } from './cifar-kind.ts';
import type { DataManifest } from '../files/data-manifest.ts';
import type { CifarKind } from './cifar-kind.ts';

const homepage = 'https://www.cs.toronto.edu/~kriz/cifar.html';

/** The binary version: it needs no unpickling. */
function manifestOf({ name, forms }: CifarKind): DataManifest {
  const binary = forms.find(({ format }) => format === 'binary')!;
  const archives = forms.map(({ archive }) => archive.name);
  return {
    dataset: name,
    homepage,
    files: [binary.archive],
    byHand: `set "directory" to a folder with ${archives.join(' or ')} from ${homepage}, unpacked or not.`,
  };
}

/** CIFAR-10, binary version: 170 MB. */
export const cifar10Manifest: DataManifest = manifestOf(cifar10Kind);

/** CIFAR-100, binary version: 169 MB. */
export const cifar100Manifest: DataManifest = manifestOf(cifar100Kind);
