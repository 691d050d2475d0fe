import { collect } from './collect.ts';
import type { ProgramParts } from './command-group.ts';

/** `pare models` and `pare models show`. */
export function addModelCommands({ context, command, end }: ProgramParts): void {
  const models = command('models [config]', 'list architectures with their sizes')
    .option('--image <shape>', 'height x width x channels (default: three usual ones)')
    .option('--classes <number>', 'number of classes (default: 10)')
    .action(
      end('models', async (config: string | undefined, options: object) => {
        const { modelsCommand } = await import('../commands/models.ts');
        return modelsCommand(context, config, options);
      }),
    );

  command('show <name> [config]', 'options, layers and sizes of an architecture', models)
    .option('--image <shape>', 'height x width x channels (default: the first that fits)')
    .option('--classes <number>', 'number of classes')
    .option('--set <option=value>', 'set an option of the model; again for more', collect)
    .action(
      end('models show', async (name: string, config: string | undefined, options: object) => {
        const { modelsShowCommand } = await import('../commands/models-show.ts');
        return modelsShowCommand(context, name, config, options);
      }),
    );
}
