import { fromTorchLayout, torchShape } from '@pare/core';
import type { HostTensor } from '@pare/core';
import type { Network, Parameter } from '@pare/graph';

/** Numbers in [-1, 1) of the generator mulberry32, as float32. */
export function uniformFill(seed: number, count: number): Float32Array {
  let a = seed | 0;
  const { imul } = Math;
  return Float32Array.from({ length: count }, () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = imul(a ^ (a >>> 15), a | 1);
    t ^= t + imul(t ^ (t >>> 7), t | 61);
    return 2 * (((t ^ (t >>> 14)) >>> 0) / 2 ** 32) - 1;
  });
}

/** Hash FNV-1a of a name. */
function nameSeed(name: string): number {
  let h = 0x811c9dc5;
  for (const character of name) h = Math.imul(h ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return h;
}

/** The fill of the numbers that the authors' code gave: each tensor from the hash of its name, in PyTorch's order. */
export function nameFilled(
  parameters: Network['parameters'],
  rename: (name: string) => string = (name) => name,
): Map<string, HostTensor> {
  return new Map(
    parameters.map((parameter): [string, HostTensor] => {
      const { name, shape } = parameter;
      const data = fromTorchLayout(parameter, valuesOf(parameter, rename(name)));
      return [name, { dtype: 'float32', shape, data }];
    }),
  );
}

function valuesOf(parameter: Parameter, name: string): Float32Array {
  const torch = torchShape(parameter);
  const size = torch.reduce((a, b) => a * b, 1);
  const u = uniformFill(nameSeed(name), size);
  const scale = Math.sqrt(6 / (size / torch[0]!));
  switch (parameter.role) {
    case 'weight':
      return u.map((value) => value * scale);
    case 'norm-scale':
      return u.map((value) => 1 + 0.2 * value);
    case 'running-mean':
    case 'state':
      return u.fill(0);
    case 'running-variance':
      return u.fill(1);
    default:
      return u.map((value) => 0.1 * value);
  }
}

/** Two images [32, 32, 3] in our order, from the generator's numbers in PyTorch's order. */
export function fillImages(
  seed = 3,
  count = 2,
  [height, width, channels] = [32, 32, 3],
): Float32Array {
  const size = height * width * channels;
  const torch = uniformFill(seed, count * size);
  const area = height * width;
  return Float32Array.from({ length: count * size }, (_, i) => {
    const [image, rest] = [Math.floor(i / size), i % size];
    const [pixel, channel] = [Math.floor(rest / channels), rest % channels];
    return torch[image * size + channel * area + pixel]!;
  });
}
