import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'msedge',
];
const installed = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
  String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
];
const TIME_LIMIT_MS = 60_000;

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A browser of the Chromium family: the one that CHROME_PATH names, one on the PATH, or one in its usual place. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const onPath = (environment['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => commands.map((command) => join(folder, command)));
  const named = environment['CHROME_PATH'];
  return [...(named ? [named] : []), ...onPath, ...installed].find(
    (path) => existsSync(path) && isExecutable(path),
  );
}

/** Prints a page as a PDF. @throws Error when the browser makes none */
export async function printPdf(options: { browser: string; html: string; pdf: string }): Promise<void> {
  const { browser, html, pdf } = options;
  const profile = mkdtempSync(join(tmpdir(), 'report-browser-'));
  rmSync(pdf, { force: true });
  try {
    const flags = [
      '--headless',
      '--disable-gpu',
      '--disable-extensions',
      '--no-first-run',
      '--no-pdf-header-footer',
      `--user-data-dir=${profile}`,
      // The browser's own sandbox refuses to run as root. The page is without scripts and fetches nothing.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--print-to-pdf=${pdf}`,
      pathToFileURL(html).href,
    ];
    await promisify(execFile)(browser, flags, { timeout: TIME_LIMIT_MS, killSignal: 'SIGKILL' });
    if (!existsSync(pdf)) throw new Error(`${browser} made no PDF`);
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
