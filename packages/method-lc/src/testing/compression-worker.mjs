// What threads run where the sources do, under Jest for example.
import { register } from 'node:module';

register('../../../../tools/config/typescript-loader.mjs', import.meta.url);
export const { answer } = await import('../c-step/compression-worker.ts');
