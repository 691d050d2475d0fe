import { describe, expect, test } from '@jest/globals';
import { NetworkBuilder, flatten } from '@pare/graph';
import fc from 'fast-check';
import { PareError } from '../errors/pare-error.ts';
import { fromTorchLayout, toTorchLayout, torchShape } from './torch-layout.ts';
import type { Parameter } from '@pare/graph';

const parameter = (
  layout: Parameter['layout'],
  shape: readonly number[],
  flattened?: Parameter['flattened'],
) => ({ name: 'layer.weight', layout, shape, flattened });

const count = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('PyTorch layout', () => {
  test('is the transpose for a dense weight', () => {
    const weight = parameter('io', [3, 2]);
    expect(torchShape(weight)).toEqual([2, 3]);
    // PyTorch row o holds the weights of output o.
    expect([...fromTorchLayout(weight, [1, 2, 3, 10, 20, 30])]).toEqual([1, 10, 2, 20, 3, 30]);
    expect([...toTorchLayout(weight, [1, 10, 2, 20, 3, 30])]).toEqual([1, 2, 3, 10, 20, 30]);
  });

  test('puts output and input channels before the kernel for a convolution', () => {
    const weight = parameter('hwio', [1, 2, 2, 3]);
    expect(torchShape(weight)).toEqual([3, 2, 1, 2]);
    const torch = count(12).map((i) => {
      const [out, channel, column] = [Math.floor(i / 4), Math.floor(i / 2) % 2, i % 2];
      return 100 * out + 10 * channel + column;
    });
    expect([...fromTorchLayout(weight, torch)]).toEqual([
      0, 100, 200, 10, 110, 210, 1, 101, 201, 11, 111, 211,
    ]);
  });

  test('makes filters [channels · multiplier, 1, h, w] of a depthwise weight', () => {
    const weight = parameter('hwcm', [1, 2, 2, 2]);
    expect(torchShape(weight)).toEqual([4, 1, 1, 2]);
    // Ours: at each column the filters c0m0 c0m1 c1m0 c1m1.
    expect([...toTorchLayout(weight, [1, 2, 3, 4, 11, 12, 13, 14])]).toEqual([
      1, 11, 2, 12, 3, 13, 4, 14,
    ]);
  });

  test('reorders the rows of a dense weight that reads a flattened image', () => {
    // Image 1 x 2 with 3 channels, one output. Ours: pixel by pixel; PyTorch: channel by channel.
    const weight = parameter('io', [6, 1], [1, 2, 3]);
    expect([...toTorchLayout(weight, [10, 11, 12, 20, 21, 22])]).toEqual([10, 20, 11, 21, 12, 22]);
    expect([...fromTorchLayout(weight, [10, 20, 11, 21, 12, 22])]).toEqual([
      10, 11, 12, 20, 21, 22,
    ]);
  });

  test('knows from the network which dense weight reads an image', () => {
    const builder = new NetworkBuilder();
    const x = builder.input([2, 2, 2]);
    const network = builder.build('net', x, builder.dense('fc', flatten(x), { units: 1 }));
    const weight = network.parameters.find((p) => p.name === 'fc.weight')!;
    expect([...toTorchLayout(weight, count(8))]).toEqual([0, 2, 4, 6, 1, 3, 5, 7]);
  });

  test('leaves vectors alone', () => {
    expect([...toTorchLayout(parameter('vector', [3]), [5, 6, 7])]).toEqual([5, 6, 7]);
  });

  test('there and back changes nothing', () => {
    const size = fc.integer({ min: 1, max: 4 });
    const parameters = fc
      .tuple(size, size, size, size)
      .chain(([h, w, c, n]) =>
        fc.constantFrom(
          parameter('hwio', [h, w, c, n]),
          parameter('hwcm', [h, w, c, n]),
          parameter('io', [h * w * c, n], [h, w, c]),
          parameter('io', [h, n]),
        ),
      );
    fc.assert(
      fc.property(parameters, (weight) => {
        const data = Float32Array.from(count(weight.shape.reduce((a, b) => a * b, 1)));
        const torch = toTorchLayout(weight, data);
        expect([...torch].sort((a, b) => a - b)).toEqual([...data]);
        expect(fromTorchLayout(weight, torch)).toEqual(data);
      }),
    );
  });

  test('refuses data of another size', () => {
    const convert = () => fromTorchLayout(parameter('io', [3, 2]), [1, 2, 3]);
    expect(convert).toThrow(PareError);
    expect(convert).toThrow(/"layer.weight" \[3, 2\] has 6 values; received 3/);
  });
});
