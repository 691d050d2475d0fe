export { plugin as default } from './plugin.ts';
export { myMethod } from './my-method.ts';
export type { MethodOptions } from './options.ts';
