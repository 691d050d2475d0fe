import { availableParallelism, cpus } from 'node:os';

const what = {
  steps: ({ rounds, steps }) => `one training step, ${rounds} x ${steps} steps`,
  epoch: ({ rounds, epochs }) => `one epoch of MNIST with evaluation, ${rounds} x ${epochs} epochs`,
  lcs: ({ rounds, steps }) =>
    `one training step of LCS with a line on cPreResNet20, ${rounds} x ${steps} steps`,
};

/** What was measured, in words: `runs` are those of one subject. */
export function heading(options, { pare, torch }) {
  const { benchmark, optimizer, batch } = options;
  const [ours, theirs] = [pare[0], Object.values(torch)[0][0]];
  const side = ({ runtime, threads }) => `${runtime}, threads: ${threads}`;
  return [
    `Time of ${what[benchmark](options)}, batch ${batch}, ${optimizer}, float32; ratio = Pare / PyTorch.`,
    `Pare: ${side(ours)}. PyTorch: ${side(theirs)}. ${cpus()[0]?.model ?? 'CPU'}, ${availableParallelism()} cores.`,
  ].join('\n');
}
