import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { filesBelow } from '../../grader/format/files-below.ts';
import { modulesOf } from '../../grader/pipeline/calls/execute.ts';
import { FIXTURES } from '../../repository.ts';
import { REFERENCE } from './graded.ts';

/** Notes for those who read the corpus, which a submission would not hold. */
const NOTES = new Set(['README.md', 'expect.json']);

/** The files of a solution's folder that are laid over the reference, by their paths in a submission. */
export function writtenFiles(overlay: string): string[] {
  return filesBelow(overlay).filter((path) => !NOTES.has(path));
}

const { parts } = loadAssignment([join(FIXTURES, 'public'), join(FIXTURES, 'private')]);

/** A part's own files, and the modules that its cases call, which may be those of other parts. */
function filesOf(id: string): string[] {
  const { solutionFiles, documents, cases } = parts.find((part) => part.id === id)!;
  const calls = [...cases.values()].flatMap(({ plan }) => [...plan.calls, ...plan.derived]);
  return [...solutionFiles.map(({ path }) => path), ...documents.keys(), ...modulesOf(calls)];
}

/**
 * The files of a submission that decide a part: its own, those that its cases call, and what they import of the
 * submission, at any depth.
 * @param overlay a folder that is laid over the reference
 */
export function decidingFiles(part: string, overlay: string): ReadonlySet<string> {
  const deciding = new Set(filesOf(part));
  // What is added on the way is visited, too.
  for (const path of deciding) {
    const file = [overlay, REFERENCE].map((folder) => join(folder, path)).find((one) => existsSync(one));
    if (file === undefined) deciding.delete(path);
    else if (path.endsWith('.ts')) {
      for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles) {
        if (fileName.startsWith('.')) deciding.add(join(dirname(path), fileName));
      }
    }
  }
  return deciding;
}
