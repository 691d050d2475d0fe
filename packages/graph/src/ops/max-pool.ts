import { applySingle, expectRank, expectType } from '../ir/apply-op.ts';
import { multiplyDims, sizeOf } from '../ir/dim.ts';
import { pad } from './pad.ts';
import { poolWindow, windowOutput } from './pool-window.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Value } from '../ir/value.ts';
import type { PoolOptions } from './pool-window.ts';

const lowest = -3.4028234663852886e38;

/** Largest element of each window; no padding (it is a separate op). */
export const maxPoolOp: OpDefinition = {
  name: 'maxPool',
  infer: ([x], attributes) => {
    expectType('maxPool: image', x!, 'float32');
    expectRank('maxPool: image (NHWC)', x!, 4);
    return [{ shape: windowOutput('maxPool', x!, attributes), dtype: 'float32' }];
  },
  gradient: ({ node, inputs: [x], outputs: [y], gradients: [g] }) => [
    applySingle(maxPoolGradientOp, [x!, y!, g!], node.attributes),
  ],
  cost: (node) => {
    const [h, w] = node.attributes.size as [number, number];
    return { macs: 0, flops: multiplyDims(sizeOf(node.outputs[0]!.shape), h * w) };
  },
};

/** Gradient of `maxPool`; of equal elements in a window the first gets it. Inputs: image, output, output's gradient. */
export const maxPoolGradientOp: OpDefinition = {
  name: 'maxPoolGradient',
  infer: ([x]) => [{ shape: x!.shape, dtype: 'float32' }],
};

/** Largest element of each window of images [batch, h, w, c]; padded pixels never win. */
export function maxPool(x: Value, options: PoolOptions): Value {
  const { pads, ...window } = poolWindow('maxPool', x, options);
  return applySingle(maxPoolOp, [pad(x, pads, lowest)], window);
}
