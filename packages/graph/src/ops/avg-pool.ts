import { applySingle, expectRank, expectType } from '../ir/apply-op.ts';
import { multiplyDims, sizeOf } from '../ir/dim.ts';
import { pad } from './pad.ts';
import { poolWindow, windowOutput } from './pool-window.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Shape } from '../ir/shape.ts';
import type { Node, Value } from '../ir/value.ts';
import type { PoolOptions } from './pool-window.ts';

/** Mean of each window; no padding (it is a separate op). */
export const avgPoolOp: OpDefinition = {
  name: 'avgPool',
  infer: ([x], attributes) => {
    expectType('avgPool: image', x!, 'float32');
    expectRank('avgPool: image (NHWC)', x!, 4);
    return [{ shape: windowOutput('avgPool', x!, attributes), dtype: 'float32' }];
  },
  gradient: ({ node, inputs: [x], gradients: [g] }) => [
    applySingle(avgPoolGradientOp, [g!], { ...node.attributes, shape: x!.shape }),
  ],
  cost: avgPoolCost,
};

/** Gradient of `avgPool`: the output's gradient spread evenly over each window. */
export const avgPoolGradientOp: OpDefinition = {
  name: 'avgPoolGradient',
  infer: (_inputs, attributes) => [{ shape: attributes.shape as Shape, dtype: 'float32' }],
  gradient: ({ node, gradients: [g] }) => {
    const { size, strides } = node.attributes;
    return [applySingle(avgPoolOp, [g!], { size, strides })];
  },
};

function avgPoolCost(node: Node) {
  const [h, w] = node.attributes.size as [number, number];
  return { macs: 0, flops: multiplyDims(sizeOf(node.outputs[0]!.shape), h * w) };
}

/** Mean of each window of images [batch, h, w, c]; padding counts as zeros in the mean (PyTorch's default). */
export function avgPool(x: Value, options: PoolOptions): Value {
  const { pads, ...window } = poolWindow('avgPool', x, options);
  return applySingle(avgPoolOp, [pad(x, pads)], window);
}
