import { Command } from 'commander';
import { recordedRuns, withRecordedRuns } from '../options/recorded.ts';

export const knownMistakesCommand = (): Command =>
  withRecordedRuns(new Command('known-mistakes'), 'write what was recorded before')
    .description(
      'Record what typical mistakes return, by which the grader knows them again; measure how well it does.',
    )
    .action(async (parts: string[], options: { known?: true; again?: true }) => {
      const { recordKnownMistakes } = await import('../rubric/known-mistakes.ts');
      await recordKnownMistakes(parts, recordedRuns(options));
    });
