import { PareError } from '../errors/pare-error.ts';
import type { Network } from '@pare/graph';
import type { Batch, DatasetInfo, Split } from '../contracts/dataset.ts';

/** Throws DATASET_MISMATCH where images or classes of the data do not fit the network. */
export function checkFit(network: Network, info: DatasetInfo): void {
  const expected = network.input.shape.slice(1);
  const classes = network.output.shape[1];
  const fits =
    expected.length === info.imageShape.length &&
    expected.every((dim, i) => dim === info.imageShape[i]);
  if (!fits || classes !== info.classes) {
    throw new PareError(
      'DATASET_MISMATCH',
      `The network "${network.name}" takes images [${expected.join(', ')}] and knows ${classes} classes; "${info.name}" has images [${info.imageShape.join(', ')}] and ${info.classes} classes. Choose a model and a data set that fit.`,
    );
  }
}

/** Throws BAD_LABEL where a label is no class number; says which example of the pass it is. */
export function checkLabels(
  { y, size }: Batch,
  classes: number,
  split: Split,
  first: number,
): void {
  for (let i = 0; i < size; i++) {
    const label = y[i]!;
    if (label >= 0 && label < classes) continue;
    throw new PareError(
      'BAD_LABEL',
      `Example ${first + i} of this pass over the ${split} split has the label ${label}; expected 0 to ${classes - 1}. Check the label file of the data set.`,
    );
  }
}

/** The split that results are stated for: test, or validation where there is no test split. */
export function resultSplit({ name, sizes }: DatasetInfo): Split {
  if (sizes.test) return 'test';
  if (sizes.validation) return 'validation';
  throw new PareError(
    'NO_EVALUATION_SPLIT',
    `The data set "${name}" has neither a test nor a validation split, so nothing can be evaluated.`,
  );
}

/** The split that the best epoch is chosen on: validation where there is one, else the one of results. */
export function selectionSplit(info: DatasetInfo): Split {
  return info.sizes.validation ? 'validation' : resultSplit(info);
}
