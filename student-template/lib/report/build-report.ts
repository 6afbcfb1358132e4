import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { findChromium, printPdf } from './print-pdf.ts';
import { renderReport } from './render-report.ts';
import type { RenderedReport } from './render-report.ts';

/** What was made of a report, and what is still open in it. */
export interface BuiltReport extends Pick<RenderedReport, 'unanswered' | 'missing'> {
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
  const { html, unanswered, missing } = renderReport({
    markdown: readFileSync(source, 'utf8'),
    from: dirname(source),
    folder,
  });
  const output = resolve(options.output ?? dirname(source));
  mkdirSync(output, { recursive: true });
  const page = join(output, 'report.html');
  writeFileSync(page, html);
  if (options.pdf === false) return { files: [page], unanswered, missing };
  const browser = findChromium();
  if (!browser) {
    const noPdf = 'no Chromium or Chrome was found: open report.html in a browser and print it as a PDF';
    return { files: [page], unanswered, missing, noPdf };
  }
  const pdf = join(output, 'report.pdf');
  try {
    await printPdf({ browser, html: page, pdf });
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { files: [page], unanswered, missing, noPdf: `${why}; open report.html and print it as a PDF` };
  }
  return { files: [page, pdf], unanswered, missing };
}

/** What is to be said of a report, line by line. */
export function describeReport({ files, unanswered, missing, noPdf }: BuiltReport): string[] {
  return [
    ...files.map((file) => `wrote ${file}`),
    ...(noPdf === undefined ? [] : [`no PDF: ${noPdf}`]),
    ...(unanswered.length === 0 ? [] : [`not answered: ${unanswered.join(', ')}`]),
    ...missing.map((picture) => `missing picture ${picture}`),
    ...(unanswered.length + missing.length === 0
      ? ['every question is answered, every picture is there']
      : []),
  ];
}
