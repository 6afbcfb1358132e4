import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { collect, contentHash, type Collected } from '../../collect_submission.ts';

/** A submission with nothing amiss. */
const complete: Readonly<Record<string, string>> = {
  'style-modules/tv-loss.ts': 'export function tvLoss(): number {\n  return 1;\n}\n',
  'visualizers/saliency-map.ts': 'export const computeSaliencyMaps = (): number => 1;\n',
  'visualization/saliency.png': '\u0089PNG',
  'lib/random.ts': 'export const four = 4;\n',
};

const allowList = {
  name: 'assignment_3_submission.zip',
  solutionFiles: [
    { path: 'visualizers/saliency-map.ts', functions: ['computeSaliencyMaps'] },
    { path: 'style-modules/tv-loss.ts', functions: ['tvLoss'] },
  ],
  optional: ['quiz.md', 'visualization/*.png'],
  given: { 'lib/random.ts': contentHash(complete['lib/random.ts']) },
};

/**
 * A folder to collect from, complete but for the given changes (`null` takes a file away). It is gone when the test
 * is over.
 */
export function submissionFolder(changes: Readonly<Record<string, string | Uint8Array | null>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'collect-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = { 'submission.json': JSON.stringify(allowList), ...complete, ...changes };
  for (const [path, content] of Object.entries(files)) {
    if (content === null) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

export function collectWith(changes: Parameters<typeof submissionFolder>[0]): Promise<Collected> {
  return collect(submissionFolder(changes));
}
