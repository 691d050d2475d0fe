const width = 24;

/** A bar for a share from 0 to 1, with its percentage: `━━━━━━──── 60 %`. */
export function bar(share: number): string {
  const done = Math.min(1, Math.max(0, share));
  const full = Math.round(done * width);
  return `${'━'.repeat(full)}${'─'.repeat(width - full)} ${Math.floor(100 * done)} %`;
}
