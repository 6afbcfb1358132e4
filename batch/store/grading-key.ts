import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../grader/format/sha256.ts';
import { ROOT } from '../../repository.ts';
import type { GradingSettings } from '../workers/messages.ts';
import { hashOfFolders } from './hash-of-folders.ts';

/** What a verdict depends on besides the submission. */
export interface Grading {
  /** Of the compiled assignment and the template. */
  readonly assignment: string;
  /** Of the grader's sources and what it is built on. */
  readonly grader: string;
  readonly settings: Pick<GradingSettings, 'backend' | 'isolation' | 'parts' | 'timeFactor'>;
}

/** Hashes of the assignment and of the grader here. */
export function versionInputs(
  settings: Pick<GradingSettings, 'assignment' | 'template'>,
): Pick<Grading, 'assignment' | 'grader'> {
  const lock = sha256(readFileSync(join(ROOT, 'package-lock.json')));
  return {
    assignment: hashOfFolders([...settings.assignment, settings.template]),
    grader: sha256(Buffer.from(`${hashOfFolders([join(ROOT, 'grader')])} ${lock}`)),
  };
}

export function gradingOf(settings: GradingSettings): Grading {
  const { backend, isolation, parts, timeFactor } = settings;
  return {
    ...versionInputs(settings),
    settings: {
      backend,
      isolation,
      ...(timeFactor === undefined ? {} : { timeFactor }),
      ...(parts ? { parts } : {}),
    },
  };
}

/** The same for the same submission, assignment, grader and settings: then a result that is there stands. */
export function keyOf(submission: string, grading: Grading): string {
  const { backend, isolation, parts = null, timeFactor = null } = grading.settings;
  const all = [submission, grading.assignment, grading.grader, backend, isolation, parts, timeFactor];
  return sha256(Buffer.from(JSON.stringify(all)));
}
