import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CompileProblem } from '../../compile/compile-problem.ts';
import { allowList } from '../../ingest/allow-list.ts';
import {
  ReadingTime,
  readSource,
  sourceRules,
  type SourceFinding,
  type SourceReading,
} from '../../source/index.ts';
import { modulesOf } from '../calls/execute.ts';
import { listModules } from './template-files.ts';
import type { Assignment, LoadedPart } from '../../assignment/loaded.ts';

/** What reading the submitted files, without running them, brings to light. */
export interface SourceReview {
  /** What the rules object to in each solution file, by path. */
  readonly findings: ReadonlyMap<string, readonly SourceFinding[]>;
  /** Leftover prints, each with its place. */
  readonly prints: readonly string[];
  readonly printsByPart: ReadonlyMap<string, number>;
  /** Other remarks, each with its place. */
  readonly remarks: readonly string[];
  /** Parts whose bundle would import what a submission may not; they are not even bundled. */
  readonly refusedImports: ReadonlyMap<string, readonly CompileProblem[]>;
  /** The files that each part's bundle holds: its own, and what they import. */
  readonly bundled: ReadonlyMap<string, ReadonlySet<string>>;
}

const at = ({ path, line, message }: SourceFinding): string => `${path}:${line}: ${message}`;

/** Reads a staged file once: a hostile one takes seconds, and all of them share one time. */
type Reader = (path: string) => SourceReading;

/**
 * What keeps a part from being bundled. Its bundle also holds what its files import, so that a forbidden import in the
 * file of another part counts. A file that cannot be parsed cannot be told to import only what it may.
 */
function readBundled(
  part: LoadedPart,
  read: Reader,
): { bundled: ReadonlySet<string>; refusals: readonly SourceFinding[] } {
  const calls = [...part.cases.values()].flatMap(({ plan }) => plan.calls);
  const bundled = new Set([...part.solutionFiles.map(({ path }) => path), ...modulesOf(calls)]);
  const refusals: SourceFinding[] = [];
  // What is added on the way is visited, too.
  for (const path of bundled) {
    const { findings, imports } = read(path);
    refusals.push(...findings.filter(({ rule }) => rule === 'syntax' || rule === 'imports'));
    for (const imported of imports) bundled.add(imported);
  }
  return { bundled, refusals };
}

/** Reads the solution files as staged. */
export function reviewSources(options: {
  assignment: Assignment;
  staged: string;
  template: string;
  /** For all files together; what is left unread then is refused. */
  time?: ReadingTime;
}): SourceReview {
  const { assignment, staged, template, time = new ReadingTime() } = options;
  const modules = listModules(template);
  const prints: string[] = [];
  const remarks: string[] = [];
  const printsByPart = new Map<string, number>();
  const refusedImports = new Map<string, readonly CompileProblem[]>();
  const bundledByPart = new Map<string, ReadonlySet<string>>();
  const { accepts } = allowList(assignment.allow);
  const readings = new Map<string, SourceReading>();
  const read = (path: string): SourceReading => {
    const known = readings.get(path);
    if (known) return known;
    const text = readFileSync(join(staged, path), 'utf8');
    // What is not on the allow-list is the template's own.
    const reading = accepts(path)
      ? readSource({
          path,
          text,
          templateText: readFileSync(join(template, path), 'utf8'),
          modules,
          rules: sourceRules,
          time,
        })
      : readSource({ path, text, modules, rules: [] });
    readings.set(path, reading);
    return reading;
  };
  for (const part of assignment.parts) {
    const findings = part.solutionFiles.flatMap(({ path }) => read(path).findings);
    const of = (rule: SourceFinding['rule']): SourceFinding[] => findings.filter((one) => one.rule === rule);
    prints.push(...of('no-prints').map(at));
    printsByPart.set(part.id, of('no-prints').length);
    remarks.push(...of('given-code').map(at));
    const { bundled, refusals } = readBundled(part, read);
    bundledByPart.set(part.id, bundled);
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
  const findings = new Map([...readings].map(([path, reading]) => [path, reading.findings]));
  return { findings, prints, printsByPart, remarks, refusedImports, bundled: bundledByPart };
}
