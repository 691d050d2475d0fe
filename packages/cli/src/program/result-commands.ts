import { collect } from './collect.ts';
import type { ProgramParts } from './command-group.ts';

/** `pare eval` and `pare curve`. */
export function addResultCommands({ context, command, end }: ProgramParts): void {
  command(
    'eval <path>',
    'loss and accuracy of the network of a run, of a model folder, or of the start of a configuration',
  )
    .option('--dataset <name>', 'another data set than that of the run')
    .option('--split <name>', 'test, validation or train (default: test)')
    .option('--at <setting>', 'operating point by name, or a value of its dial: 0.3, width=0.3')
    .option('--grid <range>', 'many values of a dial: 0.25:1:0.05, or 0.25,0.5,1')
    .option('--engine <name>', 'tensorflow, tfjs-wasm, ...')
    .option('--set <path=value>', 'change a setting, such as dataset.directory=/data', collect)
    .action(
      end('eval', async (path: string, options: object) => {
        const { evalCommand } = await import('../commands/eval.ts');
        return evalCommand(context, path, options);
      }),
    );

  command('curve <run...>', 'draw the accuracy of runs at all their operating points')
    .option('--x <what>', 'macs, nonzero, bytes or a dial (default: the dial that all have)')
    .option('-o, --output <file>', 'picture to write: .svg or .png (default: curve.svg)')
    .action(
      end('curve', async (runs: string[], options: object) => {
        const { curveCommand } = await import('../commands/curve.ts');
        return curveCommand(context, runs, options);
      }),
    );
}
