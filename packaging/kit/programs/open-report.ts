import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeAtomically } from '../../../grader/format/write-atomically.ts';
import type { GradeReport } from '../../../grader/report/grade-report.ts';
import { toHtml } from '../../../grader/report/html.ts';
import { browserCommand } from './browser-command.ts';

/** Writes `report.html` into the folder and opens it. */
export async function openReport(report: GradeReport, folder: string): Promise<void> {
  const file = join(folder, 'report.html');
  writeAtomically(file, toHtml(report, { handout: (part) => `handouts/${part}.md` }));
  await openInBrowser(pathToFileURL(file).href);
}

/** Opens an address in the browser, or says it where there is none. */
export async function openInBrowser(url: string): Promise<void> {
  const [program, ...args] = browserCommand(url, process.platform);
  const browser = spawn(program, args, { stdio: 'ignore', detached: true, windowsHide: true });
  const started = await new Promise<boolean>((resolve) => {
    browser.once('spawn', () => resolve(true));
    browser.once('error', () => resolve(false));
  });
  browser.unref();
  process.stdout.write(started ? `Opened ${url}\n` : `Open ${url} in a browser.\n`);
}
