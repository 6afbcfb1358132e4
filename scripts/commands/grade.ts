import { Command, Option } from 'commander';
import { GRADE_LIMITS } from '../../grader/pipeline/grade-limits.ts';
import { backendNames } from '../../grader/tensorflow/backend-report.ts';
import { MAX_THREADS } from '../../grader/tensorflow/threads.ts';
import { FORMATS, ISOLATIONS, type GradeCommandOptions } from '../grading/options.ts';
import { assignmentOption, courseOption, templateOption } from '../options/course.ts';
import { autoOr, number, wholeNumber } from '../options/numbers.ts';
import { existingFile, writableDirectory } from '../options/paths.ts';

const isolations = Object.entries(ISOLATIONS)
  .map(([mode, how]) => `${mode}: ${how}`)
  .join('; ');

export const gradeCommand = (): Command =>
  new Command('grade')
    .description('Grade a submission: a zip made by the collect script, or a folder.')
    .argument('[submission]', 'zip or folder (default: the bundled example)')
    .option('--part <name...>', 'grade these parts only, by id or by the name of a submitted file')
    .option(
      '--out <directory>',
      'where results.json, report.json and report.html go (default: "results")',
      writableDirectory,
    )
    .addOption(
      new Option('--results <directory>', 'the same')
        .argParser(writableDirectory)
        .hideHelp()
        .conflicts('out'),
    )
    .addOption(new Option('--format <name>', 'what is printed').choices(FORMATS).default('terminal'))
    .option('--jobs <n>', 'parts graded at the same time', wholeNumber(GRADE_LIMITS.jobs))
    .option(
      '--threads <n>',
      'threads of the WASM backend, or auto (default: for a single part all free cores but one, up to 4; else 1)',
      autoOr(wholeNumber({ min: 1, max: MAX_THREADS })),
    )
    .option(
      '--time-factor <x>',
      'stretch every time limit (default: 1, for a graphics driver in software 20)',
      number(GRADE_LIMITS.timeFactor),
    )
    .option(
      '--deadline <seconds>',
      'end then with what was graded (times the time factor)',
      number(GRADE_LIMITS.deadlineSeconds),
      900,
    )
    .addOption(
      new Option('--backend <name>', 'what computes').choices(['auto', ...backendNames]).default('wasm'),
    )
    .addOption(
      new Option('--isolation <mode>', `how submitted code is kept in; ${isolations}`)
        .choices(Object.keys(ISOLATIONS))
        .default('auto'),
    )
    .addOption(courseOption().conflicts(['assignment', 'template']))
    .addOption(assignmentOption())
    .addOption(templateOption())
    .option('--example <zip>', 'the submission to grade when none is named', existingFile)
    .action(async (submission: string | undefined, options: GradeCommandOptions) => {
      const { gradeSubmission } = await import('../grading/grade.ts');
      await gradeSubmission(submission, options);
    });
