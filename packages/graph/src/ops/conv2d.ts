import { GraphError } from '../errors/graph-error.ts';
import { applySingle, expectRank, expectType } from '../ir/apply-op.ts';
import { multiplyDims, sizeOf } from '../ir/dim.ts';
import { formatShape, numericDim } from '../ir/shape.ts';
import { geometryOf, resolveWindow, windowOutput } from './conv-geometry.ts';
import type { NodeCost, OpDefinition } from '../ir/op-definition.ts';
import type { Shape } from '../ir/shape.ts';
import type { Node, Value } from '../ir/value.ts';
import type { Conv2dOptions } from './conv-geometry.ts';

/** Convolution (cross-correlation) of NHWC images with an HWIO filter; I = channels in / groups. */
export const conv2dOp: OpDefinition = {
  name: 'conv2d',
  infer: ([x, filter], attributes) => {
    expectImageAndFilter('conv2d', x!, filter!);
    const groups = attributes.groups as number;
    const [kh, kw, cin, cout] = filter!.shape;
    const fits =
      multiplyDims(cin!, groups) === x!.shape[3] &&
      (typeof cout !== 'number' || cout % groups === 0);
    if (!fits) {
      throw new GraphError(
        'SHAPE_MISMATCH',
        `conv2d: image ${formatShape(x!.shape)} and filter ${formatShape(filter!.shape)} with ${groups} group(s): the filter needs ${x!.shape[3]} / ${groups} channels in.`,
      );
    }
    const window = [
      numericDim('conv2d: filter height', kh),
      numericDim('conv2d: filter width', kw),
    ] as const;
    const [h, w] = windowOutput('conv2d', x!, window, geometryOf(attributes));
    return [{ shape: [x!.shape[0]!, h, w, cout!], dtype: 'float32' }];
  },
  gradient: ({ node, inputs: [x, filter], gradients: [g], needed }) => [
    needed[0]
      ? applySingle(conv2dInputGradientOp, [g!, filter!], { ...node.attributes, shape: x!.shape })
      : undefined,
    needed[1]
      ? applySingle(conv2dFilterGradientOp, [x!, g!], { ...node.attributes, shape: filter!.shape })
      : undefined,
  ],
  cost: (node) => convCost(node.outputs[0]!.shape, node.inputs[1]!.shape),
};

/** Gradient of `conv2d` for the image: inputs are the output's gradient and the filter. */
export const conv2dInputGradientOp: OpDefinition = {
  name: 'conv2dInputGradient',
  infer: (_inputs, attributes) => [{ shape: attributes.shape as Shape, dtype: 'float32' }],
  gradient: ({ node, inputs: [dy, filter], gradients: [g], needed }) => [
    needed[0] ? applySingle(conv2dOp, [g!, filter!], convAttributes(node)) : undefined,
    needed[1]
      ? applySingle(conv2dFilterGradientOp, [g!, dy!], { ...node.attributes, shape: filter!.shape })
      : undefined,
  ],
  cost: (node) => convCost(node.inputs[0]!.shape, node.inputs[1]!.shape),
};

/** Gradient of `conv2d` for the filter: inputs are the image and the output's gradient. */
export const conv2dFilterGradientOp: OpDefinition = {
  name: 'conv2dFilterGradient',
  infer: (_inputs, attributes) => [{ shape: attributes.shape as Shape, dtype: 'float32' }],
  gradient: ({ node, inputs: [x, dy], gradients: [g], needed }) => [
    needed[0]
      ? applySingle(conv2dInputGradientOp, [dy!, g!], { ...node.attributes, shape: x!.shape })
      : undefined,
    needed[1] ? applySingle(conv2dOp, [x!, g!], convAttributes(node)) : undefined,
  ],
  cost: (node) => convCost(node.inputs[1]!.shape, node.outputs[0]!.shape),
};

function convAttributes(node: Node) {
  return { ...geometryOf(node.attributes), groups: node.attributes.groups };
}

function convCost(output: Shape, filter: Shape): NodeCost {
  const macs = multiplyDims(sizeOf(output), sizeOf(filter.slice(0, 3)));
  return { macs, flops: multiplyDims(2, macs) };
}

/** Throws unless x is a float32 NHWC image and the filter a float32 tensor of rank 4. */
export function expectImageAndFilter(what: string, x: Value, filter: Value): void {
  expectType(`${what}: image`, x, 'float32');
  expectRank(`${what}: image (NHWC)`, x, 4);
  expectType(`${what}: filter`, filter, 'float32');
  expectRank(`${what}: filter`, filter, 4);
}

/** Convolution of images [batch, h, w, in] with a filter [kh, kw, in / groups, out]. */
export function conv2d(x: Value, filter: Value, options: Conv2dOptions = {}): Value {
  expectImageAndFilter('conv2d', x, filter);
  const window = [filter.shape[0], filter.shape[1]] as [number, number];
  return applySingle(conv2dOp, [x, filter], {
    ...resolveWindow('conv2d', x, window, options),
    groups: options.groups ?? 1,
  });
}
