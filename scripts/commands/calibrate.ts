import { Command } from 'commander';
import { recordedRuns, withRecordedRuns } from '../options/recorded.ts';

export const calibrateCommand = (): Command =>
  withRecordedRuns(new Command('calibrate'), 'judge by what was measured before')
    .description(
      'Measure what right and wrong solutions use of each tolerance, and write docs/rubric.md; fail where a margin is narrow.',
    )
    .action(async (parts: string[], options: { known?: true; again?: true }) => {
      const { calibrate } = await import('../rubric/calibrate.ts');
      await calibrate(parts, recordedRuns(options));
    });
