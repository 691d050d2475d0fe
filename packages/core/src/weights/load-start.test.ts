import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { NetworkBuilder, flatten } from '@pare/graph';
import { failure } from '../testing/failure.ts';
import { numbered, writeWeights } from '../testing/write-weights.ts';
import { loadStart } from './load-start.ts';
import type { Network } from '@pare/graph';
import type { FileTensors } from '../testing/write-weights.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pare-start-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Convolution, batch norm, and a dense layer that reads a flattened image. */
function network(): Network {
  const builder = new NetworkBuilder();
  const x = builder.input([2, 2, 1]);
  const y = builder.conv2d('conv1', x, {
    filters: 3,
    kernel: [1, 2],
    padding: 'same',
    bias: false,
  });
  return builder.build(
    'mixed',
    x,
    builder.dense('fc', flatten(builder.batchNorm('bn1', y)), { units: 2 }),
  );
}

const norm = {
  'bn1.weight': numbered([3]),
  'bn1.bias': numbered([3]),
  'bn1.running_mean': numbered([3]),
  'bn1.running_var': numbered([3]),
};
const torch: FileTensors = {
  'conv1.weight': numbered([3, 1, 1, 2]),
  ...norm,
  'fc.weight': numbered([2, 12]),
  'fc.bias': numbered([2]),
};
const ours: FileTensors = {
  'conv1.weight': numbered([1, 2, 1, 3]),
  ...norm,
  'fc.weight': numbered([12, 2]),
  'fc.bias': numbered([2]),
};
const counter = { dtype: 'I64', shape: [], data: BigInt64Array.of(120n) } as const;

const write = (tensors: FileTensors, format?: string) =>
  writeWeights(join(folder, 'w.safetensors'), tensors, format);

async function load(tensors: FileTensors, format?: string, layout?: 'pare' | 'torch') {
  const start = await loadStart(network(), { path: await write(tensors, format), layout });
  return {
    notices: start.notices.slice(1).join('\n'),
    first: start.notices[0]!,
    values: (name: string) => [...start.weights.get(name)!.data],
    start,
  };
}

const misfit = (tensors: FileTensors, format?: string) => failure(() => load(tensors, format));

describe('a file', () => {
  test('of PyTorch is turned to our layout, also behind a flattened image', async () => {
    const { values, first, start } = await load(torch, 'pt');
    expect(values('conv1.weight')).toEqual([1, 3, 5, 2, 4, 6]);
    // Of each output 12 inputs: channel by channel there, pixel by pixel here.
    const rows = [1, 5, 9, 2, 6, 10, 3, 7, 11, 4, 8, 12].flatMap((n) => [n, n + 12]);
    expect(values('fc.weight')).toEqual(rows);
    expect(values('bn1.running_var')).toEqual([1, 2, 3]);
    expect([...start.weights.keys()]).toEqual(network().parameters.map(({ name }) => name));
    expect(first).toMatch(/^starts from .*w.safetensors: 7 tensors in PyTorch's layout, SHA-256 /);
  });

  test('of ours is taken as it is', async () => {
    for (const format of ['pare-weights', undefined]) {
      const { values, first, notices } = await load(ours, format);
      expect(values('fc.weight')).toEqual([...ours['fc.weight']!.data]);
      expect(values('conv1.weight')).toEqual([...ours['conv1.weight']!.data]);
      expect(first).toMatch(/7 tensors, SHA-256/);
      expect(notices).toBe('');
    }
  });

  test('is told by its SHA-256, which may be asked for', async () => {
    const { start } = await load(ours);
    const path = join(folder, 'w.safetensors');
    const sha256 = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    expect(start.reference).toEqual({ path, sha256 });
    await expect(loadStart(network(), { path, sha256 })).resolves.toMatchObject({
      reference: { sha256 },
    });
    const other = await failure(() => loadStart(network(), { path, sha256: '0'.repeat(64) }));
    expect([other.code, other.message]).toEqual(['START_CHANGED', expect.stringContaining(sha256)]);
  });

  test("without a format is PyTorch's where the shapes are, which is said; or as the configuration says", async () => {
    const { values, notices } = await load(torch);
    expect(values('conv1.weight')).toEqual([1, 3, 5, 2, 4, 6]);
    expect(notices).toMatch(/says no format; its tensors are taken as PyTorch's/);
    expect((await load(torch, undefined, 'torch')).notices).toBe('');
    const wrong = await failure(() => load(torch, undefined, 'pare'));
    expect(wrong.message).toContain('"fc.weight" expected [12, 2], received [2, 12]');
  });

  test('counts batches of PyTorch in vain, which is said', async () => {
    const { notices } = await load({ ...torch, 'bn1.num_batches_tracked': counter }, 'pt');
    expect(notices).toMatch(/^start: "num_batches_tracked" is left out \(1 of 8 tensors\)/);
  });

  test('in float16, bfloat16 or float64 becomes float32, which is said', async () => {
    const half = { dtype: 'F16', shape: [2], data: Uint16Array.of(0x3c00, 0xc000) } as const;
    const double = { dtype: 'F64', shape: [3], data: Float64Array.of(0.1, 0.2, 0.3) } as const;
    const { values, notices } = await load({ ...torch, 'fc.bias': half, 'bn1.bias': double }, 'pt');
    expect(values('fc.bias')).toEqual([1, -2]);
    expect(values('bn1.bias')).toEqual([...Float32Array.of(0.1, 0.2, 0.3)]);
    expect(notices).toBe('start: 2 of 7 tensors are converted from F64, F16 to float32.');
  });

  test('of a square weight without a format is ambiguous, and an unknown format too', async () => {
    const builder = new NetworkBuilder();
    const x = builder.input([2]);
    const square = builder.build('square', x, builder.dense('fc', x, { units: 2 }));
    const tensors = { 'fc.weight': numbered([2, 2]), 'fc.bias': numbered([2]) };
    for (const format of [undefined, 'tf']) {
      const path = await write(tensors, format);
      const error = await failure(() => loadStart(square, { path }));
      expect([error.code, error.message]).toEqual([
        'START_LAYOUT',
        expect.stringContaining('start: { path: ..., layout: torch }'),
      ]);
      const told = await loadStart(square, { path, layout: 'torch' });
      expect([...told.weights.get('fc.weight')!.data]).toEqual([1, 3, 2, 4]);
    }
  });
});

describe('a file that does not fit is an error', () => {
  test('that names everything at once: missing with what is near, unexpected, of another shape or type', async () => {
    const { 'fc.bias': bias, ...rest } = torch;
    const error = await misfit(
      {
        ...rest,
        'fc.biass': bias!,
        'head.weight': numbered([1]),
        'conv1.weight': numbered([3, 3, 1, 2]),
        'bn1.bias': { dtype: 'I32', shape: [3], data: Int32Array.of(1, 2, 3) },
      },
      'pt',
    );
    expect(error.code).toBe('START_MISMATCH');
    expect(error.message).toContain(
      [
        `does not fit the network "mixed", shapes in PyTorch's order:`,
        '  missing: "fc.bias" [2] (there is "fc.biass")',
        '  not of this network: "fc.biass" [2], "head.weight" [1]',
        '  of another shape: "conv1.weight" expected [3, 1, 1, 2], received [3, 3, 1, 2]',
        '  of another type: "bn1.bias" expected float32, received I32',
      ].join('\n'),
    );
  });

  test('where numbers are not finite', async () => {
    const error = await misfit(
      { ...torch, 'fc.bias': numbered([2], () => NaN), 'bn1.bias': numbered([3], (i) => 1 / i) },
      'pt',
    );
    expect(error.code).toBe('START_MISMATCH');
    expect(error.message).toMatch(
      /not finite: "bn1.bias" \(1 of 3\), "fc.bias" \(2 of 2\)\nTraining that made them has diverged/,
    );
  });

  test('of one line with many names', async () => {
    const more = Array.from({ length: 30 }, (_, i) => [`x${i}`, numbered([1])] as const);
    const { message } = await misfit({ ...torch, ...Object.fromEntries(more) }, 'pt');
    expect(message).toMatch(/not of this network: "x0" \[1\], .*"x11" \[1\] and 18 more\n/);
  });

  test('where there is none, it is no safetensors file, or it is cut off', async () => {
    const path = (name: string) => ({ path: join(folder, name) });
    const missing = await failure(() => loadStart(network(), path('none.safetensors')));
    expect([missing.code, missing.message]).toEqual([
      'START_NOT_FOUND',
      expect.stringContaining('a relative path begins at the folder of the configuration'),
    ]);
    await writeFile(join(folder, 'w.pt'), 'x');
    const pickle = await failure(() => loadStart(network(), path('w.pt')));
    expect([pickle.code, pickle.message]).toEqual([
      'START_FORMAT',
      expect.stringContaining('save_file(model.state_dict()'),
    ]);
    const whole = await readFile(await write(torch, 'pt'));
    await writeFile(join(folder, 'cut.safetensors'), whole.subarray(0, -4));
    const cut = await failure(() => loadStart(network(), path('cut.safetensors')));
    expect(cut.code).toBe('BAD_SAFETENSORS');
  });
});
