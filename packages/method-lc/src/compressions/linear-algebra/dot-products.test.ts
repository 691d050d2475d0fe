import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import wabt from 'wabt';
import { dotProductsModule } from './dot-products-module.ts';

test('the module is what dot-products.wat says', async () => {
  const assembler = await wabt();
  const text = readFileSync(new URL('dot-products.wat', import.meta.url), 'utf8');
  const { buffer } = assembler.parseWat('dot-products.wat', text, { simd: true }).toBinary({});
  // Otherwise: npm run build:wasm
  expect(Buffer.from(buffer).toString('base64')).toBe(dotProductsModule);
});
