import type { ProgramParts } from './command-group.ts';

/** `pare data`, `pare data check` and `pare data fetch`. */
export function addDataCommands({ context, command, end }: ProgramParts): void {
  const data = command('data [config]', 'data sets, and what is there of their files').action(
    end('data', async (config: string | undefined) => {
      const { dataListCommand } = await import('../commands/data-list.ts');
      return dataListCommand(context, config);
    }),
  );

  command('list [config]', 'the same as "pare data"', data).action(
    end('data list', async (config: string | undefined) => {
      const { dataListCommand } = await import('../commands/data-list.ts');
      return dataListCommand(context, config);
    }),
  );

  command('check <name> [config]', 'compare the files of a data set with what was published', data)
    .option('--directory <folder>', 'where they are (default: where the data set looks for them)')
    .option('--all', 'files that not every use needs, too')
    .action(
      end('data check', async (name: string, config: string | undefined, options: object) => {
        const { dataCheckCommand } = await import('../commands/data-check.ts');
        return dataCheckCommand(context, name, config, options);
      }),
    );

  command('fetch <name> [config]', 'download what is missing of a data set, and compare it', data)
    .option('--directory <folder>', 'where it goes (default: $PARE_DATA_DIR, else a cache)')
    .option('--url <folder>', 'a mirror that has files of the same names')
    .option('--all', 'files that not every use needs, too')
    .action(
      end('data fetch', async (name: string, config: string | undefined, options: object) => {
        const { dataFetchCommand } = await import('../commands/data-fetch.ts');
        return dataFetchCommand(context, name, config, options);
      }),
    );
}
