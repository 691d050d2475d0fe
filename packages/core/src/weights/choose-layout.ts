import { sameShape } from '@pare/graph';
import { PareError } from '../errors/pare-error.ts';
import { torchShape } from './torch-layout.ts';
import type { Network, Parameter } from '@pare/graph';
import type { SafetensorsFile } from '../artifact/safetensors.ts';
import type { WeightLayout } from './weights-file.ts';

/** Counter of PyTorch's batch norm, which nothing reads unless its momentum is None. */
export const isBatchCounter = (name: string) => /(^|\.)num_batches_tracked$/.test(name);

/** A layout, and the line that says so where it was concluded and not told. */
export interface ChosenLayout {
  readonly layout: WeightLayout;
  readonly notice?: string;
}

/** Layout of a file: as its metadata say (`format`: `pt` or `pare-weights`), else by its shapes. Throws START_LAYOUT. */
export function chooseLayout(
  network: Network,
  { tensors, metadata }: SafetensorsFile,
  file: string,
): ChosenLayout {
  const { format } = metadata;
  if (format === 'pt') return { layout: 'torch' };
  if (format === 'pare-weights') return { layout: 'pare' };
  if (format !== undefined) {
    throw unclear(
      file,
      `its format is "${format}"; known are "pt" (PyTorch's) and "pare-weights" (Pare's)`,
    );
  }
  const shaped = network.parameters.filter(hasOrder);
  const fitting = (shape: (parameter: Parameter) => readonly number[]) =>
    shaped.filter((p) => sameShape(tensors.get(p.name)?.shape ?? [], shape(p))).length;
  const [ours, torch] = [fitting((p) => p.shape), fitting(torchShape)];
  if (torch > ours || [...tensors.keys()].some(isBatchCounter)) {
    const notice = `start: the file says no format; its tensors are taken as PyTorch's, whose shapes and names they have.`;
    return { layout: 'torch', notice };
  }
  if (ours === torch && ours > 0)
    throw unclear(file, 'it says no format, and its shapes fit the layouts of Pare and PyTorch');
  return { layout: 'pare' };
}

const hasOrder = ({ layout }: Parameter) =>
  layout === 'io' || layout === 'hwio' || layout === 'hwcm';

const unclear = (file: string, why: string) =>
  new PareError(
    'START_LAYOUT',
    `start: it is not clear in which order ${file} holds its numbers: ${why}. Say it: start: { path: ..., layout: torch } (or pare).`,
  );
