import type { LcsSettings } from './settings.ts';

/** What has to be known to read the sizes in a report: the stored model is good for every level, and larger than any of them. */
export function reportNote({ setting, variant }: LcsSettings): string {
  const holds = variant === 'lcs-l' ? ends[setting] : 'It holds all weights';
  const level = variant === 'lec' ? 'kept share' : levels[setting];
  return `The stored model runs at every ${level}. ${holds}; "Operating points" says what the network takes at one ${level}${effects[setting]}.`;
}

const levels = {
  structured: 'width',
  unstructured: 'kept share',
  quantized: 'number of bits',
} as const;

/** What a line stores. */
const ends = {
  structured: 'It holds all weights and, of norms, both ends of the line',
  unstructured: 'It holds both ends of the line, so twice the weights',
  quantized: 'It holds both ends of the line, so twice the weights',
} as const;

const effects = {
  structured: '',
  unstructured: ': zeros make its file smaller, not the computation faster',
  quantized: ': fewer bits make its file smaller, not the computation faster',
} as const;
