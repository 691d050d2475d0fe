import { announce, runStep } from './step.mjs';

/** Compiles every package; turbo skips those that have not changed. */
export async function build() {
  announce('build', 'packages that changed (turbo)');
  await runStep('build', 'turbo', ['run', 'build', '--concurrency=2', '--output-logs=errors-only']);
}
