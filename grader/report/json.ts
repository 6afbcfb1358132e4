import { jsonText } from '../format/json-text.ts';
import type { CheckResult, GradeReport } from './grade-report.ts';

type Told = Omit<CheckResult, 'pictures' | 'tensors' | 'staffOnly'>;

function told({
  pictures: _pictures,
  tensors: _tensors,
  staffOnly: _staffOnly,
  ...check
}: CheckResult): Told {
  return check;
}

/** The whole report as JSON, without pictures, maps and what only the staff may see. */
export function toJson(report: GradeReport): string {
  const parts = report.parts.map((part) => ({ ...part, checks: part.checks.map(told) }));
  return jsonText({ ...report, parts });
}
