/** Where a task stands in the configuration. */
export interface TaskSource {
  /** From 1: of the text, or of the list. */
  readonly line: number;
  /** What is written there; absent for the long form. */
  readonly text?: string;
}

/** An option of a compression, or a bare value. */
export interface Argument {
  readonly key?: string;
  /** In a line: a number, a word, true, false, a list of numbers, or a percentage as text (`5%`). */
  readonly value: unknown;
  /** From 1; absent in the long form. */
  readonly column?: number;
}

/** One compression as it is written: `prune(keep=5%)`. */
export interface Term {
  readonly name: string;
  readonly arguments: readonly Argument[];
  readonly column?: number;
}

/** What picks layers: `all`, `all conv`, `all dense`, `all depthwise`, or a name with `*` and `?`. */
export interface Selector {
  readonly text: string;
  readonly column?: number;
}

/** A task as it is written, before any network is known. */
export interface TaskLine {
  readonly source: TaskSource;
  /** Only the long form gives one. */
  readonly name?: string;
  /** One task a layer. */
  readonly each: boolean;
  readonly layers: readonly Selector[];
  readonly except: readonly Selector[];
  /** Several are a sum. */
  readonly terms: readonly Term[];
  /** Rounds of the sum. */
  readonly repetitions?: number;
}

/** A percentage as text. */
export const percentage = /^(\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?%$/i;
