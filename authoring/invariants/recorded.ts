import type { ReferenceRun } from '../fixtures/reference-run.ts';
import type { RecordedCase } from '../fixtures/record.ts';
import type { PartDefinition } from '../../grader/assignment/define.ts';
import { constantTensors } from './constant-tensors.ts';
import { lostByReference } from './own-rubric.ts';
import { RecordedPart, type Pages } from './recorded-part.ts';
import type { Refusal } from './refusal.ts';
import { judgeTrivialAnswers, type TrivialResult } from './trivial/judge.ts';

/** What is wrong with a part, now that the reference has run on its cases. */
export async function judgeRecordedPart(
  reference: ReferenceRun,
  { part, cases, pages }: { part: PartDefinition; cases: readonly RecordedCase[]; pages: Pages },
): Promise<{ readonly refusals: readonly Refusal[]; readonly trivial: TrivialResult }> {
  const recorded = new RecordedPart(part, cases, pages);
  const trivial = await judgeTrivialAnswers(reference, recorded);
  return {
    refusals: [...lostByReference(recorded), ...constantTensors(recorded), ...trivial.refusals],
    trivial,
  };
}
