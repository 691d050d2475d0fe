import { readFileSync } from 'node:fs';
import type { Box, Size } from '../view.ts';

interface PilResults {
  readonly images: Readonly<Record<string, string>>;
  readonly views: readonly { readonly part: Box; readonly scaled: Size; readonly rgb: string }[];
  readonly center: string;
  readonly patch: string;
  readonly enhanced: readonly {
    readonly change: 'brightness' | 'contrast' | 'saturation';
    readonly factor: number;
    readonly rgb: string;
  }[];
}

/** An image file that Pillow has written; fixtures/encoded/make.py says how. */
export const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`../../../fixtures/encoded/${name}`, import.meta.url));

/** What Pillow makes of those files. */
export const pil = JSON.parse(Buffer.from(fixture('pil.json')).toString()) as PilResults;

/** RGB bytes of an entry. */
export const bytesOf = (base64: string): number[] => [...Buffer.from(base64, 'base64')];
