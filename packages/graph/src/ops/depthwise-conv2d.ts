import { GraphError } from '../errors/graph-error.ts';
import { applySingle } from '../ir/apply-op.ts';
import { multiplyDims, sizeOf } from '../ir/dim.ts';
import { formatShape, numericDim } from '../ir/shape.ts';
import { expectImageAndFilter } from './conv2d.ts';
import { geometryOf, resolveWindow, windowOutput } from './conv-geometry.ts';
import type { NodeCost, OpDefinition } from '../ir/op-definition.ts';
import type { Shape } from '../ir/shape.ts';
import type { Value } from '../ir/value.ts';
import type { WindowOptions } from './conv-geometry.ts';

/** Convolution of each channel with its own filters [kh, kw, channels, multiplier]. */
export const depthwiseConv2dOp: OpDefinition = {
  name: 'depthwiseConv2d',
  infer: ([x, filter], attributes) => {
    expectImageAndFilter('depthwiseConv2d', x!, filter!);
    const [kh, kw, channels, multiplier] = filter!.shape;
    if (channels !== x!.shape[3]) {
      throw new GraphError(
        'SHAPE_MISMATCH',
        `depthwiseConv2d: image ${formatShape(x!.shape)} has ${x!.shape[3]} channels, filter ${formatShape(filter!.shape)} has ${channels}.`,
      );
    }
    const window = [
      numericDim('depthwiseConv2d: filter height', kh),
      numericDim('depthwiseConv2d: filter width', kw),
    ] as const;
    const [h, w] = windowOutput('depthwiseConv2d', x!, window, geometryOf(attributes));
    return [
      { shape: [x!.shape[0]!, h, w, multiplyDims(channels!, multiplier!)], dtype: 'float32' },
    ];
  },
  gradient: ({ node, inputs: [x, filter], gradients: [g], needed }) => [
    needed[0]
      ? applySingle(depthwiseConv2dInputGradientOp, [g!, filter!], {
          ...node.attributes,
          shape: x!.shape,
        })
      : undefined,
    needed[1]
      ? applySingle(depthwiseConv2dFilterGradientOp, [x!, g!], {
          ...node.attributes,
          shape: filter!.shape,
        })
      : undefined,
  ],
  cost: (node) => depthwiseCost(node.outputs[0]!.shape, node.inputs[1]!.shape),
};

/** Gradient of `depthwiseConv2d` for the image: inputs are the output's gradient and the filter. */
export const depthwiseConv2dInputGradientOp: OpDefinition = {
  name: 'depthwiseConv2dInputGradient',
  infer: (_inputs, attributes) => [{ shape: attributes.shape as Shape, dtype: 'float32' }],
  gradient: ({ node, inputs: [dy, filter], gradients: [g], needed }) => [
    needed[0]
      ? applySingle(depthwiseConv2dOp, [g!, filter!], { ...geometryOf(node.attributes) })
      : undefined,
    needed[1]
      ? applySingle(depthwiseConv2dFilterGradientOp, [g!, dy!], {
          ...node.attributes,
          shape: filter!.shape,
        })
      : undefined,
  ],
  cost: (node) => depthwiseCost(node.inputs[0]!.shape, node.inputs[1]!.shape),
};

/** Gradient of `depthwiseConv2d` for the filter: inputs are the image and the output's gradient. */
export const depthwiseConv2dFilterGradientOp: OpDefinition = {
  name: 'depthwiseConv2dFilterGradient',
  infer: (_inputs, attributes) => [{ shape: attributes.shape as Shape, dtype: 'float32' }],
  gradient: ({ node, inputs: [x, dy], gradients: [g], needed }) => [
    needed[0]
      ? applySingle(depthwiseConv2dInputGradientOp, [dy!, g!], {
          ...node.attributes,
          shape: x!.shape,
        })
      : undefined,
    needed[1]
      ? applySingle(depthwiseConv2dOp, [x!, g!], { ...geometryOf(node.attributes) })
      : undefined,
  ],
  cost: (node) => depthwiseCost(node.inputs[1]!.shape, node.outputs[0]!.shape),
};

function depthwiseCost(output: Shape, filter: Shape): NodeCost {
  const macs = multiplyDims(sizeOf(output), sizeOf(filter.slice(0, 2)));
  return { macs, flops: multiplyDims(2, macs) };
}

/** Depthwise convolution of images [batch, h, w, c] with a filter [kh, kw, c, multiplier]; output channel = c * multiplier + m. */
export function depthwiseConv2d(x: Value, filter: Value, options: WindowOptions = {}): Value {
  expectImageAndFilter('depthwiseConv2d', x, filter);
  const window = [filter.shape[0], filter.shape[1]] as [number, number];
  return applySingle(depthwiseConv2dOp, [x, filter], {
    ...resolveWindow('depthwiseConv2d', x, window, options),
  });
}
