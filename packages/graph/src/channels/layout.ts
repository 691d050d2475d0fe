/** A set of channels that may turn out to be the same as another one (union-find). */
export class ChannelSet {
  readonly size: number;
  fixed: string | undefined;
  #parent: ChannelSet | undefined;

  constructor(size: number, fixed?: string) {
    this.size = size;
    this.fixed = fixed;
  }

  /** The set that stands for all that were joined with this one. */
  root(): ChannelSet {
    if (!this.#parent) return this;
    this.#parent = this.#parent.root();
    return this.#parent;
  }

  /** Says that the number of channels cannot change; the first reason stays. */
  fix(reason: string): void {
    this.root().fixed ??= reason;
  }

  /** Makes two sets of one size one. */
  join(other: ChannelSet): void {
    const [a, b] = [this.root(), other.root()];
    if (a === b) return;
    if (b.fixed !== undefined) a.fix(b.fixed);
    b.#parent = a;
  }
}

/** Channels along an axis: sets one after another, all of it `repeat` times. */
export interface ChannelLayout {
  readonly parts: readonly ChannelSet[];
  readonly repeat: number;
}

/** An axis with one set of channels. */
export const oneSet = (size: number, fixed?: string): ChannelLayout => ({
  parts: [new ChannelSet(size, fixed)],
  repeat: 1,
});

/** Fixes all sets of a layout. */
export function fixLayout({ parts }: ChannelLayout, reason: string): void {
  for (const part of parts) part.fix(reason);
}

/** Says that two axes hold the same channels; where they are cut differently, none of them can change any more. */
export function joinLayouts(a: ChannelLayout, b: ChannelLayout): void {
  const alike =
    a.repeat === b.repeat &&
    a.parts.length === b.parts.length &&
    a.parts.every((part, i) => part.size === b.parts[i]!.size);
  if (alike) {
    a.parts.forEach((part, i) => part.join(b.parts[i]!));
    return;
  }
  const reason = 'they are added to channels that are put together in another way';
  fixLayout(a, reason);
  fixLayout(b, reason);
}
