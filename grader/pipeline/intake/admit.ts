import type { Assignment } from '../../assignment/loaded.ts';
import { SubmissionError } from '../../format/errors.ts';
import { ingest, type IngestedSubmission } from '../../ingest/ingest.ts';
import type { GradeOptions } from '../grade-options.ts';
import { listFiles } from './template-files.ts';

/** Reads the submission, or says why it cannot be graded. */
export async function admit(
  { submission, template }: Pick<GradeOptions, 'submission' | 'template'>,
  { allow }: Assignment,
): Promise<{ ingested: IngestedSubmission } | { state: 'refused'; refusal: string }> {
  try {
    return { ingested: await ingest({ path: submission, allow, given: listFiles(template) }) };
  } catch (error) {
    if (!(error instanceof SubmissionError)) throw error;
    return { state: 'refused', refusal: error.message };
  }
}
