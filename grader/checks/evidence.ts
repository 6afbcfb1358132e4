import type { Call } from '../format/call-plan.ts';
import type { TensorData } from '../format/tensor-data.ts';
import type { CaseOutcomes } from '../format/outcome.ts';
import type { SourceFinding } from '../source/index.ts';
import type { ValueTree } from '../format/value-tree.ts';

/** What the reference returned for one call, from the fixtures. */
export interface ExpectedCall {
  readonly value: ValueTree;
  readonly tensors: Readonly<Record<string, TensorData>>;
  readonly gradient?: string | undefined;
}

/** A solution file as staged, with what all rules object to in it. */
export interface SourceFile {
  readonly path: string;
  readonly findings: readonly SourceFinding[];
}

/** A document of the part, such as a page of questions, in its three versions. */
export interface DocumentEvidence {
  /** As it came with the submission. */
  readonly submitted: Uint8Array | undefined;
  /** As the template has it. */
  readonly handedOut: string;
  /** As the reference has it, answers and all; only where the private half is available. */
  readonly expected: string | undefined;
}

/** All that a check may look at. */
export interface Evidence {
  /** Outcomes of a case's calls, by case id. */
  readonly outcomes: (caseId: string) => CaseOutcomes;
  /** The input tensors of a case, by name. */
  readonly inputs: (caseId: string) => Readonly<Record<string, TensorData>>;
  /** The calls of a case into the submission. */
  readonly calls: (caseId: string) => readonly Call[];
  /** What the reference returned, by case id, then call id. */
  readonly expected: (caseId: string) => ReadonlyMap<string, ExpectedCall>;
  /** An expected picture of the fixtures, as PNG bytes. */
  readonly expectedPicture: (caseId: string, name: string) => Uint8Array;
  /** The part's solution files as staged. */
  readonly sources: readonly SourceFile[];
  /** A document of the part, by its path in the template. */
  readonly document: (path: string) => DocumentEvidence;
  /** A file that came with the submission, such as a saved picture. */
  readonly submitted: (path: string) => Uint8Array | undefined;
}
