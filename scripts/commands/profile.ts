import { Command } from 'commander';
import type { ProfileOptions } from '../profile/profile.ts';
import { writableFile } from '../options/paths.ts';

export const profileCommand = (): Command =>
  new Command('profile')
    .description('Grade a submission and show where the time goes, by phase and by process.')
    .argument('[submission]', 'zip or folder (default: the bundled example)')
    .option('--part <name...>', 'grade these parts only, by id or by the name of a submitted file')
    .option(
      '--out <file>',
      'where the trace goes, for the profiler of a browser',
      writableFile,
      'profile.json',
    )
    .action(async (submission: string | undefined, options: ProfileOptions) => {
      const { profile } = await import('../profile/profile.ts');
      await profile(submission, options);
    });
