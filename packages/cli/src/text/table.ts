/** A cell: text, or a number that has been written already. */
export type Cell = string;

/** Lines of a table with a heading: first column to the left, columns of numbers to the right. */
export function formatTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  const numeric = head.map((_, i) => i > 0 && rows.every((row) => isNumeric(row[i] ?? '')));
  const line = (row: readonly Cell[]) =>
    widths
      .map((width, i) =>
        numeric[i] ? (row[i] ?? '').padStart(width) : (row[i] ?? '').padEnd(width),
      )
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [line(head), rule, ...rows.map(line)].join('\n');
}

const isNumeric = (text: string) => text === '' || text === '-' || /^[-+]?\d/.test(text);
