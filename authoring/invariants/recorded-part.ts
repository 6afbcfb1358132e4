import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PartDefinition } from '../../grader/assignment/define.ts';
import type { LoadedPart } from '../../grader/assignment/loaded.ts';
import type { Evidence, ExpectedCall } from '../../grader/checks/evidence.ts';
import type { CaseOutcomes } from '../../grader/format/outcome.ts';
import { judgePart } from '../../grader/pipeline/judge-part.ts';
import { readSource, sourceRules } from '../../grader/source/index.ts';
import type { CheckResult } from '../../grader/report/grade-report.ts';
import { checkRubric, type RatedCheck } from '../fixtures/check-rubric.ts';
import { expectedPictures } from '../fixtures/compile-case.ts';
import { expectedTensors } from '../fixtures/expected-tensors.ts';
import type { RecordedCase } from '../fixtures/record.ts';

/** The files of the template by path, as students get them and with the solutions in place. */
export interface Pages {
  readonly template: ReadonlyMap<string, Uint8Array | string>;
  readonly solution: ReadonlyMap<string, Uint8Array | string>;
}

/** What a submission would have brought: what its calls returned, and its documents by path. */
export interface Answer {
  readonly outcomes: ReadonlyMap<string, CaseOutcomes>;
  readonly document: (path: string) => string;
}

/** A part with what the reference returned on its cases: judges answers as the grader would, in this process. */
export class RecordedPart {
  readonly part: PartDefinition;
  readonly checks: readonly RatedCheck[];
  readonly cases: ReadonlyMap<string, RecordedCase>;
  readonly #pages: Pages;
  readonly #expected = new Map<string, ReadonlyMap<string, ExpectedCall>>();
  readonly #pictures = new Map<string, ReadonlyMap<string, Uint8Array>>();

  constructor(part: PartDefinition, cases: readonly RecordedCase[], pages: Pages) {
    this.part = part;
    this.checks = checkRubric(part);
    this.cases = new Map(cases.map((one) => [one.definition.id, one]));
    this.#pages = pages;
    const checks = this.checks.map(({ check }) => check);
    for (const [id, recorded] of this.cases) {
      const { tensors, expected } = expectedTensors(recorded, checks);
      const calls = Object.entries(expected).map(
        ([call, { value, gradient }]) => [call, { value, tensors, gradient }] as const,
      );
      this.#expected.set(id, new Map(calls));
      this.#pictures.set(id, expectedPictures(recorded, checks));
    }
  }

  /** What the reference returned on a case, as far as checks compare with it. */
  expected(caseId: string): ReadonlyMap<string, ExpectedCall> {
    return this.#expected.get(caseId)!;
  }

  /** The reference's own answer. */
  get ownAnswer(): Answer {
    return {
      outcomes: new Map([...this.cases].map(([id, { calls }]) => [id, calls])),
      document: (path) => this.#documentOf(path),
    };
  }

  #documentOf(path: string): string {
    return readFileSync(join(this.part.directory, this.part.files[path].source), 'utf8');
  }

  evidence({ outcomes, document }: Answer): Evidence {
    const { template, solution } = this.#pages;
    const text = (files: Pages['template'], path: string): string => String(files.get(path));
    const modules = new Set([...template.keys()].filter((path) => path.endsWith('.ts')));
    return {
      outcomes: (caseId) => outcomes.get(caseId) ?? new Map(),
      inputs: (caseId) => this.cases.get(caseId)!.definition.inputs,
      calls: (caseId) => this.cases.get(caseId)!.definition.calls,
      expected: (caseId) => this.expected(caseId),
      expectedPicture: (caseId, name) => this.#pictures.get(caseId)!.get(`${name}.png`)!,
      sources: Object.entries(this.part.files)
        .filter(([, { role }]) => role === 'solution')
        .map(([path]) => {
          const templateText = text(template, path);
          const file = { path, text: text(solution, path), templateText, modules, rules: sourceRules };
          return { path, findings: readSource(file).findings };
        }),
      document: (path) => ({
        submitted: Buffer.from(document(path)),
        handedOut: text(template, path),
        expected: this.#documentOf(path),
      }),
      submitted: () => undefined,
    };
  }

  /** The results of all checks in their order, `requires` and `plausible` kept to. */
  judge(answer: Answer): CheckResult[] {
    const { id, title, group } = this.part;
    const loaded: LoadedPart = {
      id,
      title,
      group,
      solutionFiles: [],
      documents: new Map(),
      cases: new Map(),
      checks: this.checks.map(({ check, visibility }) => ({ check, half: visibility })),
      knownMistakes: {},
    };
    const errors = new Map<string, string>();
    const results = judgePart(loaded, this.evidence(answer), (check, message) =>
      errors.set(check.slice(id.length + 1), message),
    );
    return results.map((one) => {
      const error = errors.get(one.id);
      return error === undefined ? one : { ...one, message: [error] };
    });
  }
}
