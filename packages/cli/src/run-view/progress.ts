import type { Output } from '../output/output.ts';
import type { Host } from '../host.ts';

/** One line on the terminal that is drawn over itself. */
export interface Progress {
  show(text: string): void;
  clear(): void;
}

const none: Progress = { show: () => {}, clear: () => {} };

/** A line that moves on a terminal; nothing elsewhere. */
export async function createProgress({ animated }: Output, { stderr }: Host): Promise<Progress> {
  if (!animated || !stderr.isTerminal) return none;
  const { default: ora } = await import('ora');
  // Reading standard input would swallow Ctrl-C.
  const spinner = ora({ discardStdin: false });
  return {
    show: (text) => {
      spinner.text = text;
      if (!spinner.isSpinning) spinner.start();
    },
    clear: () => void spinner.stop(),
  };
}
