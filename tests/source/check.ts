import type { SourceCheck, SourceFinding } from '../../grader/source/index.ts';
import { readSource, sourceRules } from '../../grader/source/index.ts';

const MODULES = new Set([
  'solve/first.ts',
  'solve/second.ts',
  'contract/error.ts',
  'lib/index.ts',
  'lib/tool.ts',
]);

/** Checks a text as `solve/first.ts` of a small template. */
export function check(text: string, options: Partial<SourceCheck> = {}): SourceFinding[] {
  return [
    ...readSource({
      path: 'solve/first.ts',
      text,
      modules: MODULES,
      templateText: '',
      rules: sourceRules,
      ...options,
    }).findings,
  ];
}

/** The findings as `line:column message`. */
export const lines = (findings: readonly SourceFinding[]): string[] =>
  findings.map(({ line, column, message }) => `${line}:${column} ${message}`);
