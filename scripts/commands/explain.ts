import { Command } from 'commander';
import type { ExplainOptions } from '../explain/explain.ts';
import { assignmentOption, courseOption, templateOption } from '../options/course.ts';
import { writableDirectory, writableFile } from '../options/paths.ts';

export const explainCommand = (): Command =>
  new Command('explain')
    .description(
      'For the staff: say why checks of a submission ended as they did, with calls, values and pictures.',
    )
    .argument(
      '<submission>',
      'zip, folder, or a results.json of Gradescope or a batch, or the folder it lies in',
    )
    .option('--part <id...>', 'these parts only, each by its id or the name of its file: concept-quiz, quiz')
    .option('--check <part/check...>', 'these checks, also ones that passed (default: all that did not)')
    .option('--reveal', 'also what students must not see: inputs and expected values of private checks')
    .option(
      '--page <file>',
      'where the page goes (default: results/explained-…, named after submission and checks)',
      writableFile,
    )
    .option('--save <directory>', 'keep all that is needed to run this again elsewhere', writableDirectory)
    .addOption(courseOption().conflicts(['assignment', 'template']))
    .addOption(assignmentOption())
    .addOption(templateOption())
    .action(async (submission: string, options: ExplainOptions) => {
      const { explain } = await import('../explain/explain.ts');
      await explain(submission, options);
    });
