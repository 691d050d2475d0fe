/** Worker threads that live in this process now. */
export function threadCount(): number {
  const report = process.report.getReport() as unknown as { workers: unknown[] };
  return report.workers.length;
}
