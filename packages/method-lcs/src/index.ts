export { plugin as default } from './plugin.ts';
export { lcsMethod } from './lcs-method.ts';
export { lcsOptions } from './options.ts';
export type { LcsOptions } from './options.ts';
