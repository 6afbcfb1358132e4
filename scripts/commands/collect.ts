import { Command } from 'commander';
import { FindingError } from '../../grader/cli/exit-code.ts';
import { TEMPLATE } from '../../repository.ts';
import { existingDirectory } from '../options/paths.ts';

export const collectCommand = (): Command =>
  new Command('collect')
    .description('Look a folder over and pack it into the current one, with the script that students have.')
    .argument('[folder]', 'a student’s folder (default: student-template)', existingDirectory)
    .option('--strict', 'pack nothing while there is a warning')
    .action(async (folder: string | undefined, { strict }: { strict?: boolean }) => {
      const { main } = await import('../../collect_submission.ts');
      const exitCode = await main([...(strict ? ['--strict'] : []), '--', folder ?? TEMPLATE]);
      if (exitCode !== 0) throw new FindingError('nothing was packed');
    });
