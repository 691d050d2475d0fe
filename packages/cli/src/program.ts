import { Command } from 'commander';
import { collect } from './program/collect.ts';
import { addDataCommands } from './program/data-commands.ts';
import { addModelCommands } from './program/model-commands.ts';
import { addResultCommands } from './program/result-commands.ts';
import { cliVersion } from './version.ts';
import type { CommandContext } from './command.ts';
import type { CommandResult } from './output/output.ts';
import type { Action } from './program/command-group.ts';

const afterHelp = `
Exit codes:
  0    done
  1    the run failed (loss not finite, engine failure, full disk), or a program fault
  2    wrong usage, configuration or input
  3    a plugin, an engine or data is missing
  130  interrupted; a run is kept and can be resumed

Start with "pare init", then "pare run pare.yaml".`;

/**
 * The command line. A command's code is imported when it runs, so that help is quick; what commands give goes to
 * `finish`.
 */
export function createProgram(
  context: CommandContext,
  finish: (name: string, result: CommandResult) => void,
): Command {
  const { host, output } = context;
  const program = new Command('pare')
    .description('Trains neural networks that get small, and ships them.')
    .version(cliVersion(), '-v, --version')
    .addHelpText('after', afterHelp)
    .showSuggestionAfterError()
    // Options behind the name of a command are that command's, also where two levels have the same ones.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: host.stdout.write,
      // With --json the error line tells it all.
      writeErr: (text) => output.json || host.stderr.write(text),
      getOutHelpWidth: () => host.stdout.columns,
      getErrHelpWidth: () => host.stderr.columns,
    });

  const end =
    (name: string, run: Action) =>
    async (...args: unknown[]) =>
      finish(name, await run(...(args as never[])));
  const command = (name: string, description: string, parent = program) =>
    parent
      .command(name)
      .description(description)
      .option('--json', 'one JSON object a line; the last one is the result or the error')
      .option('-q, --quiet', 'only the answer and errors');
  const configCommand = (name: string, description: string) =>
    command(name, description)
      .option('--set <path=value>', 'change a setting; again for more', collect)
      .option('--engine <name>', 'tensorflow, tfjs-wasm, ... (default: as configured)')
      .option('--seed <number>', 'seed of everything random');

  configCommand('run <config>', 'train and compress a network as a configuration says')
    .option('--name <name>', 'name of the run, and of its folder in runs/')
    .option('--force', 'replace a run folder that exists')
    .action(
      end('run', async (config: string, options: object) => {
        const { runCommand } = await import('./commands/run.ts');
        return runCommand(context, config, options);
      }),
    );

  command('resume <folder>', 'go on with a run that was stopped')
    .option(
      '--engine <name>',
      'another engine than before; the result is then not exactly the same',
    )
    .action(
      end('resume', async (folder: string, options: object) => {
        const { resumeCommand } = await import('./commands/resume.ts');
        return resumeCommand(context, folder, options);
      }),
    );

  configCommand(
    'plan <config>',
    'what a run would do: stages, layers, sizes; trains nothing',
  ).action(
    end('plan', async (config: string, options: object) => {
      const { planCommand } = await import('./commands/plan.ts');
      return planCommand(context, config, options);
    }),
  );

  command('init [file]', 'write a configuration with comments (default: pare.yaml)')
    .option('--force', 'replace a file that exists')
    .action(
      end('init', async (file: string | undefined, options: object) => {
        const { initCommand } = await import('./commands/init.ts');
        return initCommand(context, file, options);
      }),
    );

  command('plugins [config]', 'list what is installed: methods, models, data sets, ...')
    .option('--kind <kind>', 'only one kind, such as method')
    .option('--options', 'list the options too')
    .action(
      end('plugins', async (config: string | undefined, options: object) => {
        const { pluginsCommand } = await import('./commands/plugins.ts');
        return pluginsCommand(context, config, options);
      }),
    );

  const parts = { context, program, command, end };
  addResultCommands(parts);
  addModelCommands(parts);
  addDataCommands(parts);

  command('schema [config]', 'JSON Schema of configurations, for editors').action(
    end('schema', async (config: string | undefined) => {
      const { schemaCommand } = await import('./commands/schema.ts');
      return schemaCommand(context, config);
    }),
  );

  const engine = program.command('engine').description('the native TensorFlow library');
  command('install', 'install it, or find the one that is there; tells sizes first', engine)
    .option('--source <name>', 'installed-binding, directory, python, wheel or tfjs-installer')
    .option('--force', 'install again')
    .action(
      end('engine install', async (options: object) => {
        const { engineInstallCommand } = await import('./commands/engine-install.ts');
        return engineInstallCommand(context, options);
      }),
    );
  command('status', 'what is there and what could be used', engine).action(
    end('engine status', async () => {
      const { engineStatusCommand } = await import('./commands/engine-status.ts');
      return engineStatusCommand(context);
    }),
  );

  command('doctor', 'check this machine: Node.js, engines, compiler, disk').action(
    end('doctor', async () => {
      const { doctorCommand } = await import('./commands/doctor.ts');
      return doctorCommand(context);
    }),
  );
  return program;
}
