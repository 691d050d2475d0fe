import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import wabt from 'wabt';

// `npm run build:wasm`: assembles dot-products.wat into dot-products-module.ts.
const folder = import.meta.dirname;
const { parseWat } = await wabt();
const module = parseWat(
  'dot-products.wat',
  readFileSync(join(folder, 'dot-products.wat'), 'utf8'),
  {
    simd: true,
  },
);
const text = Buffer.from(module.toBinary({}).buffer).toString('base64');
const lines = text.match(/.{1,90}/g).map((line) => `  '${line}',`);
writeFileSync(
  join(folder, 'dot-products-module.ts'),
  `/** dot-products.wat as bytes in base64; written by \`npm run build:wasm\`. */\nexport const dotProductsModule = [\n${lines.join('\n')}\n].join('');\n`,
);
