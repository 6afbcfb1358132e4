import { jsonText } from '../format/json-text.ts';
import type { CheckResult, GradeReport } from './grade-report.ts';

function withoutPictures(check: CheckResult): Omit<CheckResult, 'pictures'> {
  const copy = { ...check };
  delete copy.pictures;
  return copy;
}

/** The whole report as JSON, pictures left out. */
export function toJson(report: GradeReport): string {
  const parts = report.parts.map((part) => ({ ...part, checks: part.checks.map(withoutPictures) }));
  return jsonText({ ...report, parts });
}
