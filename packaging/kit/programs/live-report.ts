import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { GradeReport } from '../../../grader/report/grade-report.ts';
import { toHtml } from '../../../grader/report/html.ts';
import { LiveServer } from './live-server.ts';
import { openInBrowser } from './open-report.ts';

/** The report as a page in the browser that follows what is shown. */
export interface LiveReport {
  show(report: GradeReport): void;
  /** Says what is at work until the next report. */
  say(text: string): void;
  close(): Promise<void>;
}

/** Serves the report on the loopback interface; the browser is opened with the first one. */
export async function startLiveReport(folder: string): Promise<LiveReport> {
  // The server hands out the report alone: handouts are opened from the disk.
  const handout = (part: string): string => pathToFileURL(join(folder, 'handouts', `${part}.md`)).href;
  const server = await LiveServer.start();
  let isOpen = false;
  return {
    show(report) {
      server.show(toHtml(report, { live: true, handout }));
      if (isOpen) return;
      isOpen = true;
      void openInBrowser(server.url);
    },
    say: (text) => server.say(text),
    close: () => server.close(),
  };
}
