export { tfjsPlugin as default } from './plugin.ts';
export { createTfjsEngine } from './create-tfjs-engine.ts';
export type { TfjsBackend, TfjsEngineOptions } from './create-tfjs-engine.ts';
