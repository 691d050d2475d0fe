import { fromTorchLayout } from '@pare/core';
import { input, instantiate, mean, program, softmaxCrossEntropy } from '@pare/graph';
import type { Engine, HostTensor } from '@pare/core';
import type { Mode, Network, Parameter } from '@pare/graph';

/** Weights, images and classes that a network is run with. */
export interface NetworkData {
  /** Values of a parameter in PyTorch's order; `index` counts all parameters, running statistics included. */
  readonly fill: (parameter: Parameter, index: number) => ArrayLike<number>;
  /** Value i of the images in PyTorch's order: image, channel, row, column. */
  readonly pixel: (i: number) => number;
  /** Classes of the images. */
  readonly labels: readonly number[];
}

/** Logits [image][class] of a network on an engine, and the mean cross-entropy. */
export async function runNetwork(
  engine: Engine,
  network: Network,
  mode: Mode,
  { fill, pixel, labels }: NetworkData,
): Promise<{ logits: number[][]; loss: number }> {
  const { output, updates } = instantiate(network, { mode });
  const loss = mean(softmaxCrossEntropy(output, input('y', ['batch'], 'int32')));
  const session = await engine.open({ run: program({ outputs: { output, loss }, updates }) });
  try {
    await session.write(
      new Map(
        network.parameters.map((parameter, i) => [
          parameter.name,
          floats(parameter.shape, fromTorchLayout(parameter, fill(parameter, i))),
        ]),
      ),
    );
    const y: HostTensor = {
      dtype: 'int32',
      shape: [labels.length],
      data: Int32Array.from(labels),
    };
    const results = await session.run('run', { x: images(network, labels.length, pixel), y });
    const { data, shape } = results.output!;
    const classes = shape[1]!;
    const logits = labels.map((_, i) => [...data.slice(i * classes, (i + 1) * classes)]);
    return { logits, loss: results.loss!.data[0]! };
  } finally {
    await session.dispose();
  }
}

const floats = (shape: readonly number[], data: Float32Array): HostTensor => ({
  dtype: 'float32',
  shape,
  data,
});

/** Number of values of so many images. */
export const pixelsOf = ({ input: x }: Network, images: number): number =>
  (x.shape.slice(1) as number[]).reduce((a, b) => a * b, images);

/** Images in our order from the pixels in PyTorch's. */
function images({ input: x }: Network, count: number, pixel: (i: number) => number): HostTensor {
  const [height, width, channels] = x.shape.slice(1) as [number, number, number];
  const area = height * width;
  const data = Float32Array.from({ length: count * area * channels }, (_, i) => {
    const channel = i % channels;
    const place = Math.floor(i / channels);
    const image = Math.floor(place / area);
    return pixel((image * channels + channel) * area + (place % area));
  });
  return floats([count, height, width, channels], data);
}
