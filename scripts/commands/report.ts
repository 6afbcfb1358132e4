import { resolve } from 'node:path';
import { Command } from 'commander';
import { buildReport, describeReport } from '../../reference/lib/report/build-report.ts';

/** What students do with `npm run report`, on any folder: by default the student template, which answers nothing. */
const program = new Command('report')
  .description('Make report.html, and report.pdf where there is a Chromium, of a folder’s report/report.md.')
  .argument('[folder]', 'a student’s folder', 'student-template')
  .option('--output <folder>', 'where to', 'dist/report')
  .option('--no-pdf', 'the page only')
  .parse();
const { output, pdf } = program.opts<{ output: string; pdf: boolean }>();

try {
  const report = await buildReport({ folder: resolve(program.args[0] ?? 'student-template'), output, pdf });
  for (const line of describeReport(report)) console.log(line);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
