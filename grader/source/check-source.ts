import { GraderError } from '../format/errors.ts';
import { printable } from '../format/printable.ts';
import { withDeadline } from './deadline.ts';
import type { Objection, SourceFinding, SourceRule } from './finding.ts';
import { sourceRules } from './finding.ts';
import { parse, resetParser } from './parse.ts';
import { findChangedGivenCode } from './rules/given-code.ts';
import { findForbiddenImports } from './rules/imports.ts';
import { findPrints } from './rules/no-prints.ts';
import { findChangedSignatures } from './rules/signatures.ts';

/** A file and what is asked of it. */
export interface SourceCheck {
  /** Path below the assignment's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** The same file as shipped. Needed by `signatures` and `given-code`; what it imports may be imported. */
  readonly templateText?: string;
  readonly rules: readonly SourceRule[];
  /** Paths of all modules that a relative import may name. Needed by `imports`. */
  readonly modules?: ReadonlySet<string>;
  /** Packages that may be imported. Default: `@tensorflow/tfjs`. */
  readonly packages?: readonly string[];
  /** How long reading the file may take. Default: 5,000. */
  readonly deadlineMilliseconds?: number;
}

/** Ten times the longest solution. */
const MAX_CHARACTERS = 400_000;
const MAX_FINDINGS_PER_RULE = 20;

/**
 * Reads a submitted TypeScript file, without running or type-checking it, and lists what the rules object to, in the
 * order of the rules, then of the lines. A file that cannot be read has findings of the rule `syntax` only.
 *
 * @throws GraderError when a rule lacks what it needs, or the template's own text cannot be read
 */
export function checkSource(check: SourceCheck): SourceFinding[] {
  assertComplete(check);
  const { path, text, rules } = check;
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
  const unreadable = (why: string): SourceFinding[] =>
    found('syntax', [{ position: 0, message: `this file cannot be read: ${why}` }]);

  if (text.length > MAX_CHARACTERS) return unreadable(`it is longer than ${MAX_CHARACTERS} characters`);
  const template = parsedTemplate(check);
  const milliseconds = check.deadlineMilliseconds ?? 5000;
  try {
    const ended = withDeadline(() => {
      const { file, errors } = parse({ path, text });
      if (errors.length > 0) return found('syntax', errors);
      const asked = sourceRules.filter((rule) => rules.includes(rule));
      return asked.flatMap((rule) => found(rule, objectionsOf[rule]({ check, file, template })));
    }, milliseconds);
    if (ended.inTime) return ended.result;
    resetParser();
    return unreadable(`it takes longer than ${milliseconds / 1000} s; is there very deep nesting in it?`);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    resetParser();
    return unreadable('it is nested too deeply');
  }
}

type RuleInput = Readonly<{
  check: SourceCheck;
  file: ReturnType<typeof parse>['file'];
  template: ReturnType<typeof parse>['file'] | undefined;
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
  const { file, errors } = parse({ path, text: templateText });
  if (errors.length > 0)
    throw new GraderError(`${path}: the template's text has syntax errors: ${errors[0].message}`);
  return file;
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
