import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { GradeReport } from '../../grader/report/grade-report.ts';

const besideSchema = z.object({
  submission: z.object({ name: z.string(), sha256: z.string(), files: z.number(), untouched: z.boolean() }),
});

/** What a report.json says of its submission; undefined where there is none, or something else of that name. */
function submissionIn(path: string): GradeReport['submission'] | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return besideSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).submission;
  } catch {
    return undefined;
  }
}

/**
 * The submission that a results.json is about, as the report.json beside it names it. Gradescope keeps no such report:
 * there its SHA-256 has to do.
 */
export function submissionOfResults(path: string, sha256: string): GradeReport['submission'] {
  const beside = submissionIn(join(dirname(path), 'report.json'));
  if (beside?.sha256 === sha256) return beside;
  return { sha256, untouched: false };
}
