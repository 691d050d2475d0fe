const milliseconds = (value) => value.toFixed(value < 10 ? 3 : 1);
const megabytes = (value) => (value === undefined ? '-' : value.toFixed(0));
const ratio = (value) => value.toFixed(2);

/** Columns of the result: title, value of a summary, and whether it is a word (aligned to the left). */
const columns = [
  { title: 'network', of: ({ network }) => network, word: true },
  { title: 'engine', of: ({ engine }) => engine, word: true },
  { title: 'median ms', of: ({ pare }) => milliseconds(pare.medianMs) },
  { title: 'min ms', of: ({ pare }) => milliseconds(pare.minMs) },
  { title: 'torch layout', of: ({ torch }) => torch.layout, word: true },
  { title: 'median ms', of: ({ torch }) => milliseconds(torch.medianMs) },
  { title: 'min ms', of: ({ torch }) => milliseconds(torch.minMs) },
  { title: 'ratio median', of: ({ ratioOfMedians }) => ratio(ratioOfMedians) },
  { title: 'ratio min', of: ({ ratioOfMinima }) => ratio(ratioOfMinima) },
  { title: 'peak MB', of: ({ pare }) => megabytes(pare.peakRssMb) },
  { title: 'torch MB', of: ({ torch }) => megabytes(torch.peakRssMb) },
];

/** Summaries as lines of text, one a network, columns aligned. */
export function formatTable(summaries) {
  const rows = [
    columns.map(({ title }) => title),
    ...summaries.map((summary) => columns.map(({ of }) => of(summary))),
  ];
  const widths = columns.map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const cell = (text, i) => (columns[i].word ? text.padEnd(widths[i]) : text.padStart(widths[i]));
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}
