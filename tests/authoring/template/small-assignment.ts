import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { TemplateError } from '../../../authoring/template/findings.ts';
import type { ShippedFile } from '../../../authoring/template/layout.ts';
import { materialize, type Mode } from '../../../authoring/template/materialize.ts';

/** An empty folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'template-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files by relative path, with the folders they need. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Files of an assignment, all `given` but `solution.ts`, each at the template path of its name. */
export function assignmentOf(sources: Readonly<Record<string, string>>): ShippedFile[] {
  const folder = temporaryFolder();
  writeFiles(folder, sources);
  return Object.keys(sources).map((path) => ({
    templatePath: path,
    source: join(folder, path),
    role: path.endsWith('solution.ts') ? 'solution' : 'given',
  }));
}

/** What becomes of `solution.ts` with the given text. */
export function generate(text: string, mode: Mode = 'template'): string {
  return String(materialize({ files: assignmentOf({ 'solution.ts': text }), mode }).get('solution.ts'));
}

/** What is wrong with these sources, as `name:line:col: problem`; empty when the template can be made. */
export function problemsOf(sources: string | Readonly<Record<string, string>>): string[] {
  const files = assignmentOf(typeof sources === 'string' ? { 'solution.ts': sources } : sources);
  try {
    materialize({ files, mode: 'template' });
    return [];
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return error.findings.map(
      ({ file, line, column, problem }) =>
        `${files.find(({ source }) => source === file)?.templatePath}:${line}:${column}: ${problem}`,
    );
  }
}
