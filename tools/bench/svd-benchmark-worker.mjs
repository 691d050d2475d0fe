import { readFileSync } from 'node:fs';

import { svd } from '../../packages/method-lc/dist/index.js';
import { fastest } from './fastest.mjs';

// Child process: decomposes the float32 matrix of a file; prints the fastest times and some values as JSON.
const [file, ...sizes] = process.argv.slice(2);
const [rows, columns, terms, steps] = sizes.map(Number);
const bytes = readFileSync(file);
const matrix = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
const values = await fastest(steps, () => svd(matrix, rows, columns).values);
const found = await fastest(steps, () => svd(matrix, rows, columns).terms(terms));
console.log(
  JSON.stringify({
    milliseconds: found.milliseconds,
    cpu: found.cpu,
    values: Array.from(values.result),
    valuesOnly: { milliseconds: values.milliseconds, cpu: values.cpu },
  }),
);
