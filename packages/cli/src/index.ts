export { main } from './main.ts';
export type { Host, TextSink } from './host.ts';
