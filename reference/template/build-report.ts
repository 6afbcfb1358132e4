import { buildReport, describeReport } from '../lib/report/build-report.ts';

/** Makes one page of `report/report.md`, to be submitted as a PDF. */
const usage = `Usage: npm run report [-- --no-pdf]
Makes report/report.html of report/report.md, and a PDF where it finds Chromium or Chrome.
  --no-pdf  the page only`;
const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) {
  console.log(usage);
  process.exit(0);
}
if (args.some((argument) => argument !== '--no-pdf')) {
  console.error(usage);
  process.exit(2);
}
try {
  const report = await buildReport({ folder: import.meta.dirname, pdf: !args.includes('--no-pdf') });
  for (const line of describeReport(report)) console.log(line);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
