import * as tf from '@tensorflow/tfjs-core';
import type { Dim } from '@pare/graph';
import type { DeviceKernel } from '../kernel.ts';

/** Kernels that move elements without computing. */
export const shapeKernels: Readonly<Record<string, DeviceKernel>> = {
  broadcastTo: ({ shapes }, [x]) => [tf.broadcastTo(x!, [...shapes[0]!])],
  concat: (_context, inputs, { axis }) => [tf.concat([...inputs], axis as number)],
  pad: ({ dim }, [x], { paddings, value }) => {
    const sizes = (paddings as readonly (readonly [Dim, Dim])[]).map(
      ([before, after]): [number, number] => [dim(before), dim(after)],
    );
    return [tf.pad(x!, sizes, value as number)];
  },
  reshape: ({ shapes }, [x]) => [tf.reshape(x!, [...shapes[0]!])],
  slice: ({ dim, shapes }, [x], { begin }) => [
    tf.slice(x!, (begin as readonly Dim[]).map(dim), [...shapes[0]!]),
  ],
  transpose: (_context, [x], { permutation }) => [
    tf.transpose(x!, [...(permutation as readonly number[])]),
  ],
};
