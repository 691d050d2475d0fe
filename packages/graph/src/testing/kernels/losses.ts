import { GraphError } from '../../errors/graph-error.ts';
import { tabulate } from '../reference-tensor.ts';
import type { Kernel, Kernels } from '../kernel.ts';
import type { ReferenceTensor } from '../reference-tensor.ts';

/** Log-softmax of the last axis, row by row. */
function logSoftmaxOf(x: ReferenceTensor): ReferenceTensor {
  const width = x.shape.at(-1)!;
  const logSum = Array.from({ length: x.data.length / width }, (_, row) => {
    const values = Array.from(x.data.subarray(row * width, (row + 1) * width));
    const top = Math.max(...values);
    return top + Math.log(values.reduce((sum, value) => sum + Math.exp(value - top), 0));
  });
  return tabulate('float32', x.shape, (_, i) => x.data[i]! - logSum[Math.floor(i / width)]!);
}

const softmaxCrossEntropy: Kernel = ({ inputs: [logits, labels] }) => {
  const classes = logits!.shape[1]!;
  const logP = logSoftmaxOf(logits!);
  const wrong = labels!.data.find((label) => label < 0 || label >= classes);
  if (wrong !== undefined) {
    throw new GraphError(
      'BAD_LABEL',
      `softmaxCrossEntropy: label ${wrong} is outside ${classes} classes.`,
    );
  }
  return [
    tabulate('float32', labels!.shape, (_, row) => -logP.data[row * classes + labels!.data[row]!]!),
    tabulate(
      'float32',
      logits!.shape,
      ([row, c], i) => Math.exp(logP.data[i]!) - Number(labels!.data[row!] === c),
    ),
  ];
};

/** Softmax and its relatives. */
export const lossKernels: Kernels = {
  logSoftmax: ({ inputs: [x] }) => [logSoftmaxOf(x!)],
  softmax: ({ inputs: [x] }) => {
    const logP = logSoftmaxOf(x!);
    return [tabulate('float32', x!.shape, (_, i) => Math.exp(logP.data[i]!))];
  },
  softmaxCrossEntropy,
};
