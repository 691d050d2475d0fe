import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { writePicture } from './write-picture.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pare-picture-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Left half red, right half blue. */
const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10" viewBox="0 0 20 10"><rect width="10" height="10" fill="#f00"/><rect x="10" width="10" height="10" fill="#00f"/></svg>';

test('an .svg file is the drawing', async () => {
  await writePicture(join(folder, 'a.svg'), svg);
  expect(await readFile(join(folder, 'a.svg'), 'utf8')).toBe(`${svg}\n`);
});

test('a .png file shows it at twice the size', async () => {
  await writePicture(join(folder, 'a.PNG'), svg);
  const { data, info } = await sharp(join(folder, 'a.PNG'))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.format, info.width, info.height, info.channels]).toEqual(['raw', 40, 20, 3]);
  expect([...data.subarray(0, 3), ...data.subarray(-3)]).toEqual([255, 0, 0, 0, 0, 255]);
});

test('other names are wrong usage, and write nothing', async () => {
  const failed = writePicture(join(folder, 'a.jpg'), svg);
  await expect(failed).rejects.toMatchObject({ code: 'USAGE' });
  await expect(failed).rejects.toThrow(/\.svg or \.png files; received ".*a\.jpg"/);
  expect(await readdir(folder)).toEqual([]);
});

test('without the package for PNG it says what to install, and what works without', async () => {
  const missing = () => Promise.reject(new Error("Cannot find package 'sharp'\nat somewhere"));
  const failed = writePicture(join(folder, 'a.png'), svg, missing);
  await expect(failed).rejects.toMatchObject({ code: 'PACKAGE_NOT_INSTALLED' });
  await expect(failed).rejects.toThrow(
    "cannot be loaded: Cannot find package 'sharp'. Install it where Pare is installed (npm install sharp), or write an .svg file.",
  );
});
