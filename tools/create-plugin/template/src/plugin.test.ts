import { createRequire } from 'node:module';
import { describePlugin } from '@pare/core/testing';
import plugin from './index.ts';

const packageJson = createRequire(import.meta.url)('../package.json') as object;

// The suite that every plugin passes: names, options, versions, and a short training that is the same for the same seed.
describePlugin(plugin, { packageJson });
