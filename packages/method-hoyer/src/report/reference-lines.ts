import { pythonFixed } from './python-fixed.ts';
import type { Share, TensorSparsity } from './tensor-sparsity.ts';

const percent = (value: number): string => pythonFixed(value, 2).padStart(6);
const share = ({ alive, total }: Share): string =>
  `${String(alive).padStart(7)} / ${String(total).padStart(7)} (${percent((100 * alive) / total)}%)`;

/** A shape as Python writes a tuple: `(4, 5)`, `(4,)`. */
const tuple = (shape: readonly number[]): string =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;

function dimensionLine({ name, channels, filters }: TensorSparsity): string[] {
  if (!channels || !filters) return [];
  return [`${name.padEnd(20)} | dim0 = ${share(channels)} | dim1 = ${share(filters)}`];
}

function totalLine(tensors: readonly TensorSparsity[]): string {
  const sum = (key: keyof Share) =>
    tensors.reduce((total, { elements }) => total + elements[key], 0);
  const [alive, total] = [sum('alive'), sum('total')];
  const rate = alive === 0 ? 'inf' : pythonFixed(total / alive, 2);
  return `alive: ${alive}, pruned : ${total - alive}, total: ${total}, Compression rate : ${rate.padStart(10)}x  (${percent((100 * (total - alive)) / total)}% pruned)`;
}

/** The report of the authors' MNIST scripts, line by line: each parameter, then the total over weights and biases. */
export function mnistLines(tensors: readonly TensorSparsity[]): string[] {
  const lines = tensors.flatMap((tensor) => {
    const { name, elements, shape } = tensor;
    const removed = String(elements.total - elements.alive).padStart(7);
    return [
      `${name.padEnd(20)} | nonzeros = ${share(elements)} | total_pruned = ${removed} | shape = ${tuple(shape)}`,
      ...dimensionLine(tensor),
    ];
  });
  return [...lines, totalLine(tensors)];
}

/**
 * The report of the authors' CIFAR and ImageNet scripts: dense and convolutional weights only, biases and norms not
 * counted. Theirs prints stale counts for some norm scales; those lines are left out.
 */
export function weightLines(tensors: readonly TensorSparsity[]): string[] {
  const weights = tensors.filter(({ channels }) => channels !== undefined);
  return [...weights.flatMap(dimensionLine), totalLine(weights)];
}
