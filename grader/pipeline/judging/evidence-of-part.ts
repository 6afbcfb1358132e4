import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence } from '../../checks/evidence.ts';
import { GraderError } from '../../format/errors.ts';
import type { LoadedCase, LoadedPart } from '../../assignment/loaded.ts';
import type { CaseOutcomes } from '../../format/outcome.ts';
import type { SourceReview } from '../intake/review-sources.ts';

/** All that a part's checks may look at, files read when asked for. */
export function partEvidence(options: {
  part: LoadedPart;
  outcomes: ReadonlyMap<string, CaseOutcomes>;
  review: Pick<SourceReview, 'findings'>;
  files: ReadonlyMap<string, Uint8Array>;
  template: string;
}): Evidence {
  const { part, outcomes, review, files, template } = options;
  const caseOf = (id: string): LoadedCase => {
    const found = part.cases.get(id);
    if (!found) throw new GraderError(`${part.id} has no case ${id}`);
    return found;
  };
  return {
    outcomes: (caseId) => outcomes.get(caseId) ?? new Map(),
    inputs: (caseId) => caseOf(caseId).inputs(),
    calls: (caseId) => caseOf(caseId).plan.calls,
    expected: (caseId) => caseOf(caseId).expected(),
    expectedPicture: (caseId, name) => readFileSync(join(caseOf(caseId).directory, `${name}.png`)),
    sources: part.solutionFiles.map(({ path }) => ({ path, findings: review.findings.get(path) ?? [] })),
    document: (path) => {
      if (!part.documents.has(path)) throw new GraderError(`${part.id} has no document ${path}`);
      const expected = part.documents.get(path);
      return {
        submitted: files.get(path),
        handedOut: readFileSync(join(template, path), 'utf8'),
        expected: expected === undefined ? undefined : readFileSync(expected, 'utf8'),
      };
    },
    submitted: (path) => files.get(path),
  };
}
