import type { GradedSubmission } from '../../batch/outputs/class-result.ts';
import type { KeptCheck, KeptReport } from '../../batch/outputs/kept-report.ts';
import type { JournalEntry } from '../../batch/store/journal.ts';

export const entry = (id: string, fields: Partial<JournalEntry> = {}): JournalEntry => ({
  id,
  key: 'k',
  state: 'graded',
  score: 1,
  points: 2,
  errored: 0,
  attempts: 1,
  runs: 1,
  flaky: [],
  seconds: 1,
  processorSeconds: 1,
  report: 'r',
  troubles: [],
  ...fields,
});

export const check = (id: string, fields: Partial<KeptCheck> = {}): KeptCheck => ({
  id,
  title: `check ${id}`,
  half: 'public',
  outcome: 'passed',
  earned: 1,
  points: 1,
  message: [],
  ...fields,
});

export const report = (checks: readonly KeptCheck[], fields: Partial<KeptReport> = {}): KeptReport => ({
  assignment: { id: 'a', title: 'Assignment' },
  state: 'complete',
  score: checks.reduce((sum, { earned }) => sum + earned, 0),
  points: 2,
  incidents: [],
  parts: [{ id: 'part', title: 'Part', earned: 1, points: 2, seconds: 0.5, checks: [...checks] }],
  ...fields,
});

export const graded = (
  id: string,
  checks: readonly KeptCheck[],
  fields: {
    people?: GradedSubmission['submitted']['people'];
    entry?: Partial<JournalEntry>;
    report?: Partial<KeptReport>;
  } = {},
): GradedSubmission => ({
  submitted: { id, path: `/class/${id}`, people: fields.people ?? [], at: '2026-04-20T11:05:30.123Z' },
  entry: entry(id, fields.entry),
  report: report(checks, fields.report),
});
