import type { Assignment } from '../../assignment/loaded.ts';
import type { TypeReport } from '../../compile/type-check.ts';
import type { IngestedSubmission } from '../../ingest/ingest.ts';
import type { Staged } from '../../ingest/stage.ts';
import type { GradeReport } from '../../report/grade-report.ts';
import type { GradedPart } from '../grade-part.ts';
import type { SourceReview } from '../intake/review-sources.ts';

/** What is known of a run at some moment; what is absent has not come about yet. */
export interface RunFacts {
  readonly assignment: Assignment;
  /** Name of the zip or folder. */
  readonly submission: string;
  readonly state: GradeReport['state'];
  /** Wall time so far, seconds. */
  readonly seconds: number;
  readonly ingested?: Pick<IngestedSubmission, 'files' | 'refused' | 'ignored' | 'notes'>;
  /** Why the submission cannot be graded, where its state is `refused`. */
  readonly refusal?: string;
  /** The version of the kit that it was packed with, and the one that students should have, where they differ. */
  readonly otherKit?: { readonly packedWith: string; readonly current: string };
  /** Each submitted file is the template's, byte for byte. */
  readonly untouched?: boolean;
  readonly staged?: Pick<Staged, 'missing' | 'refused' | 'notes'>;
  readonly review?: SourceReview;
  /** What the isolation is worth, in one line. */
  readonly isolation?: string;
  /** That it was computed by another backend than one might think, a sentence each for everybody; why, for staff. */
  readonly backendNotes?: readonly { readonly note: string; readonly why: string }[];
  readonly types?: TypeReport;
  /** The parts that are done, in any order. */
  readonly graded: readonly GradedPart[];
}

/** A run of which nothing is known but its name. */
export function freshRun(assignment: Assignment, submission: string): RunFacts {
  return { assignment, submission, state: 'running', seconds: 0, graded: [] };
}
