import { Option, type Command } from 'commander';

/** Whether a command runs what its record lacks, and whether it counts anything as known. */
export interface RecordedRuns {
  readonly runs: boolean;
  readonly again: boolean;
}

/**
 * The part names and options of a command that keeps a record of what it ran.
 * @param known what it does with the record where it runs nothing
 */
export const withRecordedRuns = (command: Command, known: string): Command =>
  command
    .argument('[part...]', 'these parts alone')
    .option('--known', `run nothing: ${known}`)
    .addOption(
      new Option(
        '--again',
        'run all, also what was recorded: after a change of the grader or of given code',
      ).conflicts('known'),
    );

/** What was asked for by these options. */
export const recordedRuns = ({ known, again }: { known?: true; again?: true }): RecordedRuns => ({
  runs: !known,
  again: again === true,
});
