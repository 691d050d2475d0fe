import { expect, test } from '@jest/globals';
import { lcsMethod } from './lcs-method.ts';
import { lcsOptions } from './options.ts';
import { blobResidual } from './testing/blob-residual.ts';
import { filled } from './testing/slimmable-networks.ts';

const noteOf = (setting: string, variant: string) =>
  lcsMethod(lcsOptions.parse({ setting, variant })).report(filled(blobResidual('batch'))).values
    .note;

test('the report says what the stored model holds, and where sizes of one level are', () => {
  expect(noteOf('unstructured', 'lcs-l')).toBe(
    'The stored model runs at every kept share. It holds both ends of the line, so twice the weights; "Operating points" says what the network takes at one kept share: zeros make its file smaller, not the computation faster.',
  );
  expect(noteOf('structured', 'us')).toBe(
    'The stored model runs at every width. It holds all weights; "Operating points" says what the network takes at one width.',
  );
  expect(noteOf('structured', 'lec')).toMatch(
    /^The stored model runs at every kept share\. It holds all/,
  );
  expect(noteOf('structured', 'lcs-l')).toMatch(/of norms, both ends of the line/);
  expect(noteOf('quantized', 'lcs-p')).toMatch(/every number of bits.*fewer bits make its file/);
});
