import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CompileProblem } from '../compile/bundle.ts';
import { checkSource, type SourceFinding } from '../source/index.ts';
import { listModules } from './template-files.ts';
import type { Assignment } from './load-assignment.ts';

/** What reading the handed-in files, without running them, brings to light. */
export interface SourceReview {
  /** Leftover prints, each with its place. */
  readonly prints: readonly string[];
  readonly printsByPart: ReadonlyMap<string, number>;
  /** Other remarks, each with its place. */
  readonly remarks: readonly string[];
  /** Parts whose files import what a submission may not; they are not even bundled. */
  readonly refusedImports: ReadonlyMap<string, readonly CompileProblem[]>;
}

const at = ({ path, line, message }: SourceFinding): string => `${path}:${line}: ${message}`;

/** Reads the solution files as staged. */
export function reviewSources(options: {
  assignment: Assignment;
  staged: string;
  template: string;
}): SourceReview {
  const { assignment, staged, template } = options;
  const modules = listModules(template);
  const prints: string[] = [];
  const remarks: string[] = [];
  const printsByPart = new Map<string, number>();
  const refusedImports = new Map<string, readonly CompileProblem[]>();
  for (const part of assignment.parts) {
    const findings = part.solutionFiles.flatMap(({ path }) =>
      checkSource({
        path,
        text: readFileSync(join(staged, path), 'utf8'),
        templateText: readFileSync(join(template, path), 'utf8'),
        modules,
        rules: ['no-prints', 'imports', 'given-code'],
      }),
    );
    const of = (rule: SourceFinding['rule']): SourceFinding[] => findings.filter((one) => one.rule === rule);
    prints.push(...of('no-prints').map(at));
    printsByPart.set(part.id, of('no-prints').length);
    remarks.push(...of('given-code').map(at));
    // A file that cannot be parsed cannot be told to import only what it may, so it is not bundled either.
    const imports = [...of('syntax'), ...of('imports')];
    if (imports.length > 0) {
      refusedImports.set(
        part.id,
        imports.map(({ path, line, column, message, sourceLine }) => ({
          file: path,
          line,
          column,
          message,
          sourceLine,
        })),
      );
    }
  }
  return { prints, printsByPart, remarks, refusedImports };
}
