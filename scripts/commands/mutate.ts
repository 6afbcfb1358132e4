import { Command } from 'commander';
import { recordedRuns, withRecordedRuns } from '../options/recorded.ts';

export const mutateCommand = (): Command =>
  withRecordedRuns(new Command('mutate'), 'tell of those that were graded before')
    .description(
      'Grade the reference with one small mistake at a time, and say which mistakes no check finds.',
    )
    .action(async (parts: string[], options: { known?: true; again?: true }) => {
      const { mutate } = await import('../rubric/mutate.ts');
      await mutate(parts, recordedRuns(options));
    });
