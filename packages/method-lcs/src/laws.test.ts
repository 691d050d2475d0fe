import { describe, test } from '@jest/globals';
import { blobNetwork, checkMethod } from '@pare/core/testing';
import { NetworkBuilder, flatten, relu } from '@pare/graph';
import { lcsMethod } from './lcs-method.ts';
import { lcsOptions } from './options.ts';
import type { Network } from '@pare/graph';
import type { LcsOptions } from './options.ts';

/** Two convolutions with a norm behind each, as quantization needs them. */
function convolutions(): Network {
  const builder = new NetworkBuilder();
  const x = builder.input([2, 2, 1]);
  const layers = { kernel: 3, padding: 'same', bias: false } as const;
  const first = builder.groupNorm('norm1', builder.conv2d('conv1', x, { filters: 4, ...layers }), {
    groups: 2,
  });
  const second = builder.conv2d('conv2', relu(first), { filters: 6, ...layers });
  const last = relu(builder.groupNorm('norm2', second, { groups: 2 }));
  return builder.build('convolutions', x, builder.dense('fc', flatten(last), { units: 3 }));
}

// Every setting with each kind of variant: what `checkMethod` asks of all methods, at all points and along the dial.
describe('lcs holds the laws of methods', () => {
  test.each<[Partial<LcsOptions>, () => Network]>([
    [{ variant: 'lcs-l' }, () => blobNetwork('instance')],
    [{ variant: 'us' }, () => blobNetwork('batch')],
    [{ variant: 'ns' }, () => blobNetwork('batch')],
    [{ variant: 'lec' }, () => blobNetwork('batch')],
    [{ variant: 'lec', preset: 'reference' }, () => blobNetwork('batch')],
    [{ setting: 'unstructured', grid: [1, 0.5, 0.1] }, () => blobNetwork('group')],
    [{ setting: 'unstructured', variant: 'target-topk' }, () => blobNetwork('batch')],
    [{ setting: 'quantized' }, convolutions],
    [{ setting: 'quantized', variant: 'target-bit-width' }, convolutions],
  ])(
    '%j',
    async (options, network) => {
      await checkMethod(() => Promise.resolve(lcsMethod(lcsOptions.parse(options))), network);
    },
    120_000,
  );
});
