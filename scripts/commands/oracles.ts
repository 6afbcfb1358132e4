import { Command } from 'commander';
import { existingDirectory, existingPath, several } from '../options/paths.ts';
import type { ShowOptions } from '../oracles/show.ts';

export const oraclesCommand = (): Command =>
  new Command('oracles')
    .description(
      "Compute the fixtures' expected values in PyTorch, by code of its own, and compare " +
        '(Debian: apt-get install --no-install-recommends python3-torch).',
    )
    .argument('[part...]', 'ids of parts (default: all)')
    .option(
      '--submission <path>',
      'compare what this right submission returns instead, which is more than fixtures hold',
      existingPath,
    )
    .option('--assignment <directory...>', 'the compiled assignment, its halves', several(existingDirectory))
    .option('--template <directory>', 'the template of the students', existingDirectory)
    .action(async (parts: string[], options: ShowOptions) => {
      const { showOracles } = await import('../oracles/show.ts');
      await showOracles(parts, options);
    });
