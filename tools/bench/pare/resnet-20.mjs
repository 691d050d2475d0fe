import { add, heNormal, mean, relu } from '@pare/graph';

const stages = [16, 32, 64];
const blocksPerStage = 3;

/**
 * ResNet-20 for CIFAR (He et al. 2016) with a 1 x 1 convolution and batch norm on every shortcut that changes the
 * shape. Layer names are those of the PyTorch side.
 */
export function buildResnet20(builder, { imageShape, classes }) {
  const convolve = (name, norm, x, { filters, kernel = 3, strides = 1 }) => {
    const padding = (kernel - 1) / 2;
    const options = { filters, kernel, strides, padding, bias: false, initializer: heNormal() };
    return builder.batchNorm(norm, builder.conv2d(name, x, options));
  };
  const block = (name, x, filters, strides) => {
    const inner = relu(convolve(`${name}.conv1`, `${name}.bn1`, x, { filters, strides }));
    const outer = convolve(`${name}.conv2`, `${name}.bn2`, inner, { filters });
    const same = strides === 1 && x.shape[3] === filters;
    const shape = { filters, kernel: 1, strides };
    const shortcut = same ? x : convolve(`${name}.downsample.0`, `${name}.downsample.1`, x, shape);
    return relu(add(outer, shortcut));
  };
  const x = builder.input(imageShape);
  let y = relu(convolve('conv1', 'bn1', x, { filters: stages[0] }));
  stages.forEach((filters, stage) => {
    for (let i = 0; i < blocksPerStage; i++) {
      y = block(`layer${stage + 1}.${i}`, y, filters, stage > 0 && i === 0 ? 2 : 1);
    }
  });
  return builder.build('resnet-20', x, builder.dense('fc', mean(y, [1, 2]), { units: classes }));
}
