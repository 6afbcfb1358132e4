import type { GradeReport } from '../../../grader/report/grade-report.ts';
import { toHtml } from '../../../grader/report/html.ts';
import { LiveServer } from './live-server.ts';
import { openInBrowser } from './open-report.ts';

/** The report as a page in the browser that follows what is shown. */
export interface LiveReport {
  show(report: GradeReport): void;
  close(): Promise<void>;
}

/** Serves the report on the loopback interface; the browser is opened with the first one. */
export async function startLiveReport(): Promise<LiveReport> {
  const server = await LiveServer.start();
  let isOpen = false;
  return {
    show(report) {
      server.show(toHtml(report));
      if (isOpen) return;
      isOpen = true;
      void openInBrowser(server.url);
    },
    close: () => server.close(),
  };
}
