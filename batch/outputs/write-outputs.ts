import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '../../grader/format/write-atomically.ts';
import type { Similar } from '../similar/find-similar.ts';
import { keepSimilar, type SimilarBefore } from '../similar/kept-similar.ts';
import type { Submitted } from '../sources/submitted.ts';
import type { BatchFolder } from '../store/batch-folder.ts';
import type { JournalEntry } from '../store/journal.ts';
import {
  classResult,
  hasUploads,
  partsLeftOut,
  rowsToUpload,
  type GradedSubmission,
  type RowsToUpload,
} from './class-result.ts';
import { canvasCsv, gradescopeCsv, plainCsv } from './grades-csv.ts';
import { classPage } from './page/class-page.ts';
import { resultsJsonl } from './results-jsonl.ts';

/** What other systems take in the place of the grades that they have. */
const UPLOADS = { 'grades-gradescope.csv': gradescopeCsv, 'grades-canvas.csv': canvasCsv };

/** What the tables of a class are made of. */
export interface ClassOutputs {
  readonly graded: readonly GradedSubmission[];
  /** Parts that were not graded of all: then there is nothing to upload. */
  readonly leftOut: readonly string[];
  readonly rows: RowsToUpload;
}

/**
 * Writes what a batch knows of its class, whole or so far, and returns it.
 * @param setup.assigned the ids of all parts of the assignment
 * @param setup.similar who was found to be like whom before
 */
export function writeOutputs(setup: {
  readonly submissions: readonly Submitted[];
  readonly entries: ReadonlyMap<string, JournalEntry>;
  readonly assigned: readonly string[];
  readonly folder: BatchFolder;
  readonly similar?: SimilarBefore;
  /** Told of how many the results have been read. */
  readonly onRead?: (read: number, total: number) => void;
}): ClassOutputs {
  const { submissions, entries, assigned, folder } = setup;
  const graded = classResult(submissions, entries, folder, setup.onRead);
  const leftOut = partsLeftOut(graded, assigned);
  const rows = rowsToUpload(graded);
  const write = (name: string, content: string): void => writeAtomically(join(folder.root, name), content);
  write('results.jsonl', resultsJsonl(graded));
  write('grades.csv', plainCsv(graded));
  for (const [name, table] of Object.entries(UPLOADS)) {
    if (hasUploads(leftOut, rows)) write(name, table(graded));
    else rmSync(join(folder.root, name), { force: true });
  }
  write('class.html', classPage(graded, submissions.length, setup.similar, leftOut));
  return { graded, leftOut, rows };
}

/** Adds to `class.html` who is like whom, and keeps it for the page of the next run. */
export function addSimilar(
  similar: Similar,
  { outputs, of, folder, key }: { outputs: ClassOutputs; of: number; folder: BatchFolder; key: string },
): void {
  const page = classPage(outputs.graded, of, similar, outputs.leftOut);
  writeAtomically(join(folder.root, 'class.html'), page);
  keepSimilar(folder, key, similar);
}
