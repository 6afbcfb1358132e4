import { Command } from 'commander';
import { courseOption } from '../options/course.ts';
import type { ShowOptions } from '../oracles/show.ts';

export const oraclesCommand = (): Command =>
  new Command('oracles')
    .description(
      "Compute the fixtures' expected values in PyTorch, by code of its own, and compare " +
        '(Debian: apt-get install --no-install-recommends python3-torch).',
    )
    .argument('[part...]', 'parts, by id or file (default: all)')
    .option('--whole', 'compare all that the reference returns, not only what checks compare')
    .addOption(courseOption())
    .action(async (parts: string[], options: ShowOptions) => {
      const { showOracles } = await import('../oracles/show.ts');
      await showOracles(parts, options);
    });
