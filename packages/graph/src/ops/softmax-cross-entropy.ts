import { GraphError } from '../errors/graph-error.ts';
import { applyOp, expectRank, expectType } from '../ir/apply-op.ts';
import { formatShape } from '../ir/shape.ts';
import { mul } from './mul.ts';
import { reshape } from './reshape.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';

/** Cross-entropy of softmax(logits) with class numbers. Outputs: loss [n] and its gradient [n, classes], from one kernel. */
export const softmaxCrossEntropyOp: OpDefinition = {
  name: 'softmaxCrossEntropy',
  infer: ([logits, labels]) => {
    expectType('softmaxCrossEntropy: logits', logits!, 'float32');
    expectRank('softmaxCrossEntropy: logits', logits!, 2);
    expectType('softmaxCrossEntropy: labels', labels!, 'int32');
    if (labels!.shape.length !== 1 || labels!.shape[0] !== logits!.shape[0]) {
      throw new GraphError(
        'SHAPE_MISMATCH',
        `softmaxCrossEntropy: logits ${formatShape(logits!.shape)} need labels [${logits!.shape[0]}]; received ${formatShape(labels!.shape)}.`,
      );
    }
    return [
      { shape: labels!.shape, dtype: 'float32' },
      { shape: logits!.shape, dtype: 'float32' },
    ];
  },
  gradient: ({ outputs: [loss, backprop], gradients: [g, second] }) => {
    if (second)
      throw new GraphError(
        'NO_GRADIENT',
        'softmaxCrossEntropy: second derivatives need logSoftmax and gather.',
      );
    return [mul(reshape(g!, [loss!.shape[0]!, 1]), backprop!), undefined];
  },
};

/** Cross-entropy (nats) of each example: logits [n, classes], labels int32 [n] from 0 to classes - 1. Result [n]. */
export function softmaxCrossEntropy(logits: Value, labels: Value): Value {
  return applyOp(softmaxCrossEntropyOp, [logits, labels]).outputs[0]!;
}
