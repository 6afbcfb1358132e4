import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { findChromium, printPdf } from './print-pdf.ts';
import type { ReportQuestion } from './read-report.ts';
import { renderReport } from './render-report.ts';
import type { RenderedReport } from './render-report.ts';

/** What was made of a report, and what is still open in it. */
export interface BuiltReport extends Omit<RenderedReport, 'html'> {
  /** Files that were written. */
  readonly files: readonly string[];
  /** Why there is no PDF. */
  readonly noPdf?: string;
}

/**
 * Makes `report.html`, and `report.pdf` where there is a Chromium, of the folder's `report/report.md`.
 *
 * @param options.output where to; default: the folder `report` itself
 * @param options.pdf false leaves the PDF out
 * @throws Error when there is no report in the folder
 */
export async function buildReport(options: {
  folder: string;
  output?: string;
  pdf?: boolean;
}): Promise<BuiltReport> {
  const folder = resolve(options.folder);
  const source = join(folder, 'report', 'report.md');
  if (!existsSync(source)) throw new Error(`${source} is not there; restore it from the assignment's zip`);
  const { html, ...open } = renderReport({
    markdown: readFileSync(source, 'utf8'),
    from: dirname(source),
    folder,
  });
  const output = resolve(options.output ?? dirname(source));
  mkdirSync(output, { recursive: true });
  const page = join(output, 'report.html');
  writeFileSync(page, html);
  if (options.pdf === false) return { files: [page], ...open };
  const browser = findChromium();
  if (!browser) {
    const noPdf = 'no Chromium or Chrome was found: open report.html in a browser and print it as a PDF';
    return { files: [page], ...open, noPdf };
  }
  const pdf = join(output, 'report.pdf');
  try {
    await printPdf({ browser, html: page, pdf });
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { files: [page], ...open, noPdf: `${why}; open report.html and print it as a PDF` };
  }
  return { files: [page, pdf], ...open };
}

/** What is to be said of a report, line by line. */
export function describeReport({ files, unanswered, missing, further, noPdf }: BuiltReport): string[] {
  const asked = unanswered.filter(({ bonus }) => !bonus);
  const bonus = unanswered.filter((question) => question.bonus);
  const named = (questions: readonly ReportQuestion[]): string[] =>
    questions.map(({ label, text, line }) => `  ${label}. ${text} (report/report.md:${line})`);
  return [
    ...files.map((file) => `wrote ${file}`),
    ...(noPdf === undefined ? [] : [`no PDF: ${noPdf}`]),
    ...(asked.length === 0 ? [] : [`not answered, ${asked.length}:`, ...named(asked)]),
    ...(bonus.length === 0 ? [] : ['not answered, a bonus:', ...named(bonus)]),
    ...missing.map((picture) => {
      const isDrawn = picture.includes('visualization/') && picture.endsWith('no such file');
      return `missing picture ${picture}${isDrawn ? '; npm run visualize draws it' : ''}`;
    }),
    ...further.map((picture) => `not named in report.md, so shown at the end: ${picture}`),
    ...(asked.length + missing.length === 0 ? ['every question is answered, every picture is there'] : []),
  ];
}
