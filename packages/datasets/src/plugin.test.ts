import { readFileSync } from 'node:fs';
import { describePlugin } from '@pare/core/testing';
import plugin from './index.ts';

const packageFile = new URL('../package.json', import.meta.url);

describePlugin(plugin, {
  packageJson: JSON.parse(readFileSync(packageFile, 'utf8')) as Record<string, never>,
  options: { dataset: { 'image-folder': { directory: 'images' } } },
});
