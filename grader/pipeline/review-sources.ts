import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CompileProblem } from '../compile/bundle.ts';
import { allowList } from '../ingest/allow-list.ts';
import { checkSource, importedModules, parse, type SourceFinding } from '../source/index.ts';
import { modulesOf } from './execute.ts';
import { listModules } from './template-files.ts';
import type { Assignment, LoadedPart } from '../assignment/loaded.ts';

/** What reading the submitted files, without running them, brings to light. */
export interface SourceReview {
  /** Leftover prints, each with its place. */
  readonly prints: readonly string[];
  readonly printsByPart: ReadonlyMap<string, number>;
  /** Other remarks, each with its place. */
  readonly remarks: readonly string[];
  /** Parts whose bundle would import what a submission may not; they are not even bundled. */
  readonly refusedImports: ReadonlyMap<string, readonly CompileProblem[]>;
}

const at = ({ path, line, message }: SourceFinding): string => `${path}:${line}: ${message}`;

/** What is known of a staged file by its path; each file is read once, since a hostile one takes seconds to parse. */
interface Sources {
  readonly findingsOf: (path: string) => readonly SourceFinding[];
  readonly importsOf: (path: string) => readonly string[];
}

function remembered<T>(make: (path: string) => T): (path: string) => T {
  const made = new Map<string, T>();
  return (path) => {
    if (!made.has(path)) made.set(path, make(path));
    return made.get(path)!;
  };
}

/**
 * What keeps a part from being bundled. Its bundle also holds what its files import, so that a forbidden import in the
 * file of another part counts. A file that cannot be parsed cannot be told to import only what it may.
 */
function refusalsOf(part: LoadedPart, { findingsOf, importsOf }: Sources): SourceFinding[] {
  const calls = [...part.cases.values()].flatMap(({ plan }) => plan.calls);
  const bundled = new Set([...part.solutionFiles.map(({ path }) => path), ...modulesOf(calls)]);
  const refusals: SourceFinding[] = [];
  // What is added on the way is visited, too.
  for (const path of bundled) {
    const found = findingsOf(path).filter(({ rule }) => rule === 'syntax' || rule === 'imports');
    refusals.push(...found);
    if (found.some(({ rule }) => rule === 'syntax')) continue;
    for (const imported of importsOf(path)) bundled.add(imported);
  }
  return refusals;
}

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
  const { accepts } = allowList(assignment.allow);
  const textOf = (path: string): string => readFileSync(join(staged, path), 'utf8');
  const findingsOf = remembered((path) => {
    if (!accepts(path)) return [];
    const templateText = readFileSync(join(template, path), 'utf8');
    const rules = ['no-prints', 'imports', 'given-code'] as const;
    return checkSource({ path, text: textOf(path), templateText, modules, rules });
  });
  const importsOf = remembered((path) =>
    importedModules({ path, file: parse({ path, text: textOf(path) }).file, modules }),
  );
  for (const part of assignment.parts) {
    const findings = part.solutionFiles.flatMap(({ path }) => findingsOf(path));
    const of = (rule: SourceFinding['rule']): SourceFinding[] => findings.filter((one) => one.rule === rule);
    prints.push(...of('no-prints').map(at));
    printsByPart.set(part.id, of('no-prints').length);
    remarks.push(...of('given-code').map(at));
    const refusals = refusalsOf(part, { findingsOf, importsOf });
    if (refusals.length > 0) {
      refusedImports.set(
        part.id,
        refusals.map(({ path, line, column, message, sourceLine }) => ({
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
