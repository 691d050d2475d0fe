import type { HostKernel, HostView } from '../kernel.ts';
import type { TensorData } from '@pare/graph';

/** An axis of the input after neighbours of the same kind were joined: its size and its step in the output (0: reduced). */
interface Axis {
  readonly size: number;
  readonly step: number;
}

function joinAxes(shape: readonly number[], reduced: readonly number[]): Axis[] {
  const axes: { size: number; kept: boolean }[] = [];
  shape.forEach((size, axis) => {
    if (size === 1) return;
    const kept = !reduced.includes(axis);
    const last = axes.at(-1);
    if (last?.kept === kept) last.size *= size;
    else axes.push({ size, kept });
  });
  let step = 1;
  return axes
    .reverse()
    .map(({ size, kept }) => {
      if (!kept) return { size, step: 0 };
      step *= size;
      return { size, step: step / size };
    })
    .reverse();
}

/** Calls a function for each run of the innermost axis, with the offsets of its first element in the input and the output. */
function forEachRun(axes: readonly Axis[], visit: (from: number, to: number) => void): void {
  const outer = axes.slice(0, -1);
  const length = axes.at(-1)?.size ?? 1;
  const index = outer.map(() => 0);
  const runs = outer.reduce((product, { size }) => product * size, 1);
  let to = 0;
  for (let run = 0; run < runs; run++) {
    visit(run * length, to);
    for (let axis = outer.length - 1; axis >= 0; axis--) {
      to += outer[axis]!.step;
      if (++index[axis]! < outer[axis]!.size) break;
      to -= index[axis]! * outer[axis]!.step;
      index[axis] = 0;
    }
  }
}

function addRun(
  x: TensorData,
  from: number,
  length: number,
  sums: Float64Array,
  to: number,
  kept: boolean,
) {
  if (kept) {
    for (let i = 0; i < length; i++) sums[to + i]! += x[from + i]!;
    return;
  }
  let sum = 0;
  for (let i = 0; i < length; i++) sum += x[from + i]!;
  sums[to]! += sum;
}

/** Sum over axes, added up in double precision. */
export const sum: HostKernel = ([x], [result], attributes) => {
  if (x!.data.length === 0) return void result!.data.fill(0);
  const axes = joinAxes(x!.shape, attributes.axes as readonly number[]);
  const sums = new Float64Array(result!.data.length);
  const { size = 1, step = 1 } = axes.at(-1) ?? {};
  forEachRun(axes, (from, to) => addRun(x!.data, from, size, sums, to, step !== 0));
  result!.data.set(sums);
};

/** Largest element over axes; NaN where there is one. */
export const max: HostKernel = ([x], [result], attributes) => {
  const axes = joinAxes(x!.shape, attributes.axes as readonly number[]);
  const lowest = x!.data instanceof Float32Array ? -Infinity : -(2 ** 31);
  result!.data.fill(lowest);
  const { size = 1, step = 1 } = axes.at(-1) ?? {};
  forEachRun(axes, (from, to) => maxRun(x!, from, size, result!, to, step !== 0 ? 1 : 0));
};

function maxRun(
  x: HostView,
  from: number,
  length: number,
  result: HostView,
  to: number,
  step: number,
) {
  for (let i = 0; i < length; i++) {
    const value = x.data[from + i]!;
    // The negation lets a NaN in; once there, no comparison lets it out.
    if (!(value <= result.data[to + i * step]!) && !Number.isNaN(result.data[to + i * step])) {
      result.data[to + i * step] = value;
    }
  }
}
