import type { CheckResult, GradeReport } from './grade-report.ts';

/** The whole report as JSON, pictures left out. */
export function toJson(report: GradeReport): string {
  const withoutPictures = ({ pictures: _, ...check }: CheckResult) => check;
  const parts = report.parts.map((part) => ({ ...part, checks: part.checks.map(withoutPictures) }));
  return `${JSON.stringify({ ...report, parts }, undefined, 2)}\n`;
}
