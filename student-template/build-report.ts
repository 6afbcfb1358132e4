import { buildReport, describeReport } from './lib/report/build-report.ts';

/** Makes one page of `report/report.md`, to be submitted as a PDF. */
const unknown = process.argv.slice(2).filter((argument) => argument !== '--no-pdf');
if (unknown.length > 0) {
  console.error('Usage: npm run report [-- --no-pdf]');
  process.exit(2);
}
try {
  const report = await buildReport({ folder: import.meta.dirname, pdf: !process.argv.includes('--no-pdf') });
  for (const line of describeReport(report)) console.log(line);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
