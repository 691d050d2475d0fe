import { expect, test } from '@jest/globals';
import { importSharp, loadSharp } from './load-sharp.ts';

test('a missing decoder is an error that says what to install', async () => {
  const missing = () => Promise.reject(new Error("Cannot find package 'sharp' imported from x.js"));
  await expect(importSharp(missing)).rejects.toMatchObject({
    code: 'DATASET_DECODER_NOT_FOUND',
    message: expect.stringMatching(
      /npm package sharp, which cannot be loaded: Cannot find package 'sharp'.* npm install .*sharp\.$/,
    ),
  });
});

test('the decoder is loaded once', async () => {
  expect(await loadSharp()).toBe(await loadSharp());
});
