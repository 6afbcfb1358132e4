import { Command, Option } from 'commander';
import { TEMPLATE } from '../../repository.ts';
import { existingDirectory, writableDirectory } from '../options/paths.ts';
import { plainErrorsAs } from '../plain-errors.ts';
import { FindingError } from '../../grader/cli/exit-code.ts';

interface Options {
  readonly out?: string;
  readonly output?: string;
  readonly pdf: boolean;
}

export const reportCommand = (): Command =>
  new Command('report')
    .description(
      'Make report.html, and report.pdf where there is a Chromium, of a folder’s report/report.md, as students do.',
    )
    .argument('[folder]', 'a student’s folder (default: student-template)', existingDirectory)
    .option('--out <directory>', 'where they go (default: "dist/report")', writableDirectory)
    .addOption(
      new Option('--output <directory>', 'the same').argParser(writableDirectory).hideHelp().conflicts('out'),
    )
    .option('--no-pdf', 'the page only')
    .action(async (folder: string | undefined, { out, output, pdf }: Options) => {
      const { buildReport, describeReport } = await import('../../reference/lib/report/build-report.ts');
      const options = { folder: folder ?? TEMPLATE, output: out ?? output ?? 'dist/report', pdf };
      const report = await plainErrorsAs(FindingError, () => buildReport(options));
      for (const line of describeReport(report)) console.log(line);
    });
