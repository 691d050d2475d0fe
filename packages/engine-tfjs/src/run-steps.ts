import * as tf from '@tensorflow/tfjs-core';
import { PareError } from '@pare/core';
import { evaluateDim, formatShape } from '@pare/graph';
import { activate } from './device.ts';
import type { Dim, Node } from '@pare/graph';
import type { Device, HostMemory } from './device.ts';
import type { DeviceKernel, HostKernel, HostView, KernelContext } from './kernel.ts';
import type { Step } from './program-plan.ts';

/** Tensors of a run by slot; a slot is empty before its tensor is made and after its last use. */
export type Slots = (tf.Tensor | undefined)[];

/** Runs the nodes of a program in one go; waits only where a backend cannot read its tensors at once. */
export async function runSteps(
  device: Device,
  steps: readonly Step[],
  slots: Slots,
  symbols: ReadonlyMap<string, number>,
): Promise<void> {
  const dim = (d: Dim) => evaluateDim(d, symbols);
  activate(device);
  for (const { node, kernel, inputs, outputs, disposable } of steps) {
    const tensors = inputs.map((slot) => slots[slot]!);
    const context = { dim, shapes: node.outputs.map(({ shape }) => shape.map(dim)) };
    let results: readonly tf.Tensor[];
    try {
      if (kernel.device) results = runDeviceKernel(kernel.device, context, tensors, node);
      else if (device.memory)
        results = runInPlace(kernel.host, context, tensors, node, device.memory);
      else {
        results = await runOnCopies(kernel.host, context, tensors, node, device);
        activate(device);
      }
    } catch (error) {
      throw describe(error, node, tensors);
    }
    outputs.forEach((slot, i) => (slots[slot] = results[i]));
    for (const slot of disposable) {
      slots[slot]!.dispose();
      slots[slot] = undefined;
    }
  }
}

function runDeviceKernel(
  kernel: DeviceKernel,
  context: KernelContext,
  inputs: readonly tf.Tensor[],
  node: Node,
): tf.Tensor[] {
  return tf.tidy(() =>
    // A kernel may give back its input; each slot needs a tensor of its own to dispose.
    kernel(context, inputs, node.attributes).map((y) => (inputs.includes(y) ? tf.clone(y) : y)),
  );
}

function runInPlace(
  kernel: HostKernel,
  { shapes }: KernelContext,
  inputs: readonly tf.Tensor[],
  node: Node,
  memory: HostMemory,
): tf.Tensor[] {
  // All memory first: an allocation may move the heap, and with it the views.
  const outputs = shapes.map((shape, i) => memory.allocate(shape, node.outputs[i]!.dtype));
  const viewOf = (tensor: tf.Tensor) => ({ shape: tensor.shape, data: memory.view(tensor) });
  try {
    kernel(inputs.map(viewOf), outputs.map(viewOf), node.attributes);
  } catch (error) {
    tf.dispose(outputs);
    throw error;
  }
  return outputs;
}

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };

async function runOnCopies(
  kernel: HostKernel,
  { shapes }: KernelContext,
  inputs: readonly tf.Tensor[],
  node: Node,
  device: Device,
): Promise<tf.Tensor[]> {
  const copies = await Promise.all(
    inputs.map(async (x): Promise<HostView> => ({ shape: x.shape, data: await device.read(x) })),
  );
  const results = shapes.map((shape, i) => ({
    shape,
    data: new arrays[node.outputs[i]!.dtype](shape.reduce((a, b) => a * b, 1)),
  }));
  kernel(copies, results, node.attributes);
  activate(device);
  return results.map(({ shape, data }, i) => tf.tensor(data, [...shape], node.outputs[i]!.dtype));
}

function describe(error: unknown, node: Node, inputs: readonly tf.Tensor[]): PareError {
  if (error instanceof PareError) return error;
  const operands = inputs.map((x) => `${x.dtype} ${formatShape(x.shape)}`).join(', ');
  const reason = error instanceof Error ? error.message : String(error);
  return new PareError(
    'KERNEL_FAILED',
    `The op "${node.op.name}" failed on ${tf.getBackend()} with inputs ${operands || 'none'}: ${reason}`,
    { cause: error },
  );
}
