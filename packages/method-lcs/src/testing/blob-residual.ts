import { NetworkBuilder, add, mean, relu } from '@pare/graph';
import type { Network, Value } from '@pare/graph';

/** Norm behind each convolution of a `blobResidual`. */
export type BlobResidualNorm = 'batch' | 'group' | 'instance';

/** A residual block behind a first convolution, a norm behind each; for the images of `blobDataset`. */
export function blobResidual(norm: BlobResidualNorm): Network {
  const builder = new NetworkBuilder();
  const normalize = (name: string, x: Value) => {
    if (norm === 'batch') return builder.batchNorm(name, x);
    if (norm === 'instance') return builder.instanceNorm(name, x);
    return builder.groupNorm(name, x, { groups: 2 });
  };
  const conv = (name: string, x: Value, filters: number) =>
    builder.conv2d(name, x, { filters, kernel: 3, padding: 'same', bias: false });
  const x = builder.input([2, 2, 1]);
  const first = relu(normalize('bn1', conv('conv1', x, 8)));
  const inner = relu(normalize('bn2', conv('conv2', first, 6)));
  const sum = relu(add(first, normalize('bn3', conv('conv3', inner, 8))));
  return builder.build('blobs', x, builder.dense('fc', mean(sum, [1, 2]), { units: 3 }));
}
