import { join } from 'node:path';
import { writeAtomically } from '../../grader/format/write-atomically.ts';
import type { Similar } from '../similar/find-similar.ts';
import type { Submitted } from '../sources/submitted.ts';
import type { BatchFolder } from '../store/batch-folder.ts';
import type { JournalEntry } from '../store/journal.ts';
import { classResult, type GradedSubmission } from './class-result.ts';
import { canvasCsv, gradescopeCsv, plainCsv } from './grades-csv.ts';
import { classPage } from './page/class-page.ts';
import { resultsJsonl } from './results-jsonl.ts';

/** Writes what a batch knows of its class, whole or so far, and returns it. `class.html` is without similar submissions. */
export function writeOutputs(
  submissions: readonly Submitted[],
  entries: ReadonlyMap<string, JournalEntry>,
  folder: BatchFolder,
): GradedSubmission[] {
  const graded = classResult(submissions, entries, folder);
  const write = (name: string, content: string): void => writeAtomically(join(folder.root, name), content);
  write('results.jsonl', resultsJsonl(graded));
  write('grades.csv', plainCsv(graded));
  write('grades-gradescope.csv', gradescopeCsv(graded));
  write('grades-canvas.csv', canvasCsv(graded));
  write('class.html', classPage(graded, submissions.length));
  return graded;
}

/** Adds to `class.html` who is like whom. */
export function addSimilar(
  similar: Similar,
  { graded, of, folder }: { graded: readonly GradedSubmission[]; of: number; folder: BatchFolder },
): void {
  writeAtomically(join(folder.root, 'class.html'), classPage(graded, of, similar));
}
