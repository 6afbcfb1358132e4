import { GraderError } from '../format/errors.ts';
import { printable } from '../format/printable.ts';
import type { Objection, SourceFinding, SourceRule } from './finding.ts';
import { sourceRules } from './finding.ts';
import type { Parsed } from './parse.ts';
import { findChangedGivenCode } from './rules/given-code.ts';
import { findForbiddenImports, importedModules } from './rules/imports.ts';
import { findPrints } from './rules/no-prints.ts';
import { findChangedSignatures } from './rules/signatures.ts';
import { ReadingTime, withSyntaxTree } from './with-syntax-tree.ts';

/** A file and what is asked of it. */
export interface SourceCheck {
  /** Path below the assignment's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** The same file as shipped. Needed by `signatures` and `given-code`; what it imports may be imported. */
  readonly templateText?: string;
  readonly rules: readonly SourceRule[];
  /** Paths of all modules that a relative import may name. Needed by `imports`, and for telling what is imported. */
  readonly modules?: ReadonlySet<string>;
  /** Packages that may be imported. Default: `@tensorflow/tfjs`. */
  readonly packages?: readonly string[];
  /** Shared by the files of one submission. Default: as long as one file may take. */
  readonly time?: ReadingTime;
}

/** What reading a file brings to light. */
export interface SourceReading {
  readonly findings: readonly SourceFinding[];
  /** Those of the modules that the file imports; none where it cannot be read. */
  readonly imports: readonly string[];
}

const MAX_FINDINGS_PER_RULE = 20;

/**
 * Reads a submitted TypeScript file, without running or type-checking it, and lists what the rules object to, in the
 * order of the rules, then of the lines. A file that cannot be read has findings of the rule `syntax` only.
 *
 * @throws GraderError when a rule lacks what it needs, or the template's own text cannot be read
 */
export function readSource(check: SourceCheck): SourceReading {
  assertComplete(check);
  const { path, text, rules, modules, time = new ReadingTime() } = check;
  const found = (rule: SourceFinding['rule'], objections: readonly Objection[]): SourceFinding[] =>
    objections
      .toSorted((a, b) => a.position - b.position)
      .slice(0, MAX_FINDINGS_PER_RULE)
      .map((objection) => ({
        rule,
        path,
        ...placeOf({ text, position: objection.position }),
        message: objection.message,
      }));
  const template = parsedTemplate(check);
  const read = withSyntaxTree({ path, text, time }, ({ file, errors }): SourceReading => {
    if (errors.length > 0) return { findings: found('syntax', errors), imports: [] };
    const asked = sourceRules.filter((rule) => rules.includes(rule));
    const findings = asked.flatMap((rule) => found(rule, objectionsOf[rule]({ check, file, template })));
    return { findings, imports: modules ? importedModules({ path, file, modules }) : [] };
  });
  if (read.readable) return read.result;
  const message = `this file cannot be read: ${read.why}`;
  return { findings: found('syntax', [{ position: 0, message }]), imports: [] };
}

type RuleInput = Readonly<{
  check: SourceCheck;
  file: Parsed['file'];
  template: Parsed['file'] | undefined;
}>;

const objectionsOf: Readonly<Record<SourceRule, (input: RuleInput) => Objection[]>> = {
  'no-prints': ({ file }) => findPrints(file),
  imports: ({ check, file, template }) =>
    findForbiddenImports({
      path: check.path,
      file,
      ...(template && { template }),
      modules: check.modules ?? new Set(),
      packages: check.packages ?? ['@tensorflow/tfjs'],
    }),
  signatures: ({ file, template }) => (template ? findChangedSignatures({ file, template }) : []),
  'given-code': ({ file, template }) => (template ? findChangedGivenCode({ file, template }) : []),
};

function assertComplete({ path, rules, modules, templateText }: SourceCheck): void {
  if (rules.includes('imports') && !modules)
    throw new GraderError(`${path}: the rule imports needs the modules`);
  const comparing = rules.find((rule) => rule === 'signatures' || rule === 'given-code');
  if (comparing && templateText === undefined) {
    throw new GraderError(`${path}: the rule ${comparing} needs the template's text`);
  }
}

function parsedTemplate({ path, templateText }: SourceCheck): RuleInput['template'] {
  if (templateText === undefined) return undefined;
  const read = withSyntaxTree({ path, text: templateText, time: new ReadingTime() }, (parsed) => parsed);
  const problem = read.readable ? read.result.errors[0]?.message : read.why;
  if (problem !== undefined) throw new GraderError(`${path}: the template's text cannot be read: ${problem}`);
  return read.readable ? read.result.file : undefined;
}

function placeOf({
  text,
  position,
}: {
  text: string;
  position: number;
}): Pick<SourceFinding, 'line' | 'column' | 'sourceLine'> {
  const before = text.slice(0, position).split(/\r\n|[\n\r\u2028\u2029]/);
  const lineStart = position - before[before.length - 1].length;
  const sourceLine = text.slice(lineStart).split(/[\n\r\u2028\u2029]/, 1)[0];
  return { line: before.length, column: position - lineStart + 1, sourceLine: printable(sourceLine.trim()) };
}
