import type { AssignmentDefinition, CaseDefinition, PartDefinition } from '../../grader/assignment/define.ts';
import { observedOf, valuesOf, type Check } from '../../grader/checks/index.ts';
import { parseQuiz } from '../../grader/checks/quiz/parse-quiz.ts';
import type { Argument, Call } from '../../grader/format/call-plan.ts';
import type { Selector } from '../../grader/format/selector.ts';
import { rateChecks } from '../fixtures/check-rubric.ts';
import { fileOf, type Refusal } from './refusal.ts';
import { placeOf } from './own-rubric.ts';
import type { ShippedNames } from './shipped-names.ts';

/** What is twice in a list. */
function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, i) => names.indexOf(name) < i))];
}

function listed(names: Iterable<string>): string {
  return `there are: ${[...names].join(', ') || 'none'}`;
}

/** Names in the definition of an assignment that stand for nothing, or for two things. */
export function wrongNames(assignment: AssignmentDefinition, shipped: ShippedNames): Refusal[] {
  const twice = repeated(assignment.parts.map(({ id }) => id)).map((id) => ({
    file: 'reference/assignment.ts',
    problem: `the part ${id} is there twice`,
    remedy: 'give each part an id of its own',
  }));
  return [...twice, ...assignment.parts.flatMap((part) => wrongNamesOfPart(part, shipped))];
}

function wrongNamesOfPart(part: PartDefinition, shipped: ShippedNames): Refusal[] {
  const refusals: Refusal[] = repeated(part.cases.map(({ id }) => id)).map((id) => ({
    file: fileOf(part, 'cases.ts'),
    place: `case ${id}`,
    problem: 'the id is used twice',
    remedy: 'give each case of a part an id of its own',
  }));
  for (const definition of part.cases) refusals.push(...new CaseNames(part, definition, shipped).refusals());
  const { rated, refusals: ofRubric } = rateChecks(part);
  refusals.push(...ofRubric);
  for (const { check } of rated) refusals.push(...wrongNamesOfCheck(part, check, shipped));
  return [
    ...refusals,
    ...picturesWithTwoMeanings(
      part,
      rated.map((one) => one.check),
    ),
  ];
}

/** The names in the calls of one case. */
class CaseNames {
  readonly #part: PartDefinition;
  readonly #case: CaseDefinition;
  readonly #shipped: ShippedNames;
  readonly #found: Refusal[] = [];

  constructor(part: PartDefinition, definition: CaseDefinition, shipped: ShippedNames) {
    this.#part = part;
    this.#case = definition;
    this.#shipped = shipped;
  }

  refusals(): readonly Refusal[] {
    const { calls, derived } = this.#case;
    const all = [...calls, ...derived];
    for (const id of repeated(all.map((call) => call.id))) {
      this.#refuse(id, 'the id is used twice', 'give each call of a case an id of its own');
    }
    for (const [i, call] of all.entries()) {
      const before = new Set(all.slice(0, i).map(({ id }) => id));
      this.#function(call.id, call.module, call.export);
      for (const argument of call.args) this.#argument(call.id, argument, before);
      this.#gradient(call);
    }
    return this.#found;
  }

  #refuse(call: string, problem: string, remedy: string): void {
    const place = `case ${this.#case.id}, call ${call}`;
    this.#found.push({ file: fileOf(this.#part, 'cases.ts'), place, problem, remedy });
  }

  #function(call: string, module: string, name: string): void {
    const names = this.#shipped.exportsOf(module);
    if (names === undefined) {
      this.#refuse(
        call,
        `the template has no module ${module}`,
        'correct the path, or list the file in part.ts',
      );
    } else if (!names.has(name)) {
      this.#refuse(call, `${module} does not export ${name}`, listed(names));
    }
  }

  #argument(call: string, argument: Argument, before: ReadonlySet<string>): void {
    const inner = (items: readonly Argument[]): void => {
      for (const item of items) this.#argument(call, item, before);
    };
    if ('list' in argument) inner(argument.list);
    else if ('record' in argument) inner(Object.values(argument.record));
    else if ('given' in argument) {
      this.#function(call, argument.given.module, argument.given.export);
      inner(argument.given.args);
    } else if ('tensor' in argument) {
      const inputs = Object.keys(this.#case.inputs);
      if (!inputs.includes(argument.tensor))
        this.#refuse(call, `the case has no input tensor ${argument.tensor}`, listed(inputs));
    } else if ('weights' in argument) {
      if (!this.#shipped.has(argument.weights))
        this.#refuse(call, `the template has no file ${argument.weights}`, 'correct the path');
    } else if ('result' in argument && !before.has(argument.result.call)) {
      this.#refuse(call, `no call ${argument.result.call} comes before it`, listed(before));
    }
  }

  #gradient({ id, args, gradient }: Call): void {
    if (gradient && gradient.argument >= args.length)
      this.#refuse(
        id,
        `there is no argument ${gradient.argument}`,
        `arguments count from 0 to ${args.length - 1}`,
      );
  }
}

function wrongNamesOfCheck(part: PartDefinition, check: Check, shipped: ShippedNames): Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (problem: string, remedy: string): void => {
    refusals.push({ file: fileOf(part, 'rubric.ts'), place: placeOf(check), problem, remedy });
  };
  const callOf = (caseId: string, id: string): Call | undefined => {
    const found = part.cases.find((one) => one.id === caseId);
    if (!found) return undefined;
    const all = [...found.calls, ...found.derived];
    const call = all.find((one) => one.id === id);
    if (!call) refuse(`the case ${caseId} has no call ${id}`, listed(all.map((one) => one.id)));
    return call;
  };
  const look = (caseId: string, { call: id, gradient }: Selector): void => {
    const call = callOf(caseId, id);
    if (call && gradient && !call.gradient)
      refuse(`the call ${id} returns no gradient`, 'ask for it in cases.ts with gradient: { argument: 0 }');
  };
  for (const { case: id, value } of valuesOf(check)) look(id, value);
  for (const { case: id, call } of observedOf(check)) {
    const found = callOf(id, call);
    if (found && !found.observe)
      refuse(`the call ${call} is not observed`, 'say observe: true of it in cases.ts');
  }
  if (check.kind === 'property') refusals.push(...wrongInputs(part, check));
  if (check.kind === 'quiz') {
    if (part.files[check.document]?.role !== 'document') {
      refuse(`the part has no document ${check.document}`, 'correct the path, or list the file in part.ts');
    } else {
      const labels = parseQuiz(shipped.textOf(check.document)).map(({ label }) => label);
      for (const label of check.questions)
        if (!labels.includes(label)) refuse(`${check.document} has no question ${label}`, listed(labels));
    }
  }
  return refusals;
}

function wrongInputs(part: PartDefinition, check: Extract<Check, { kind: 'property' }>): Refusal[] {
  const inputs = Object.keys(part.cases.find(({ id }) => id === check.case)?.inputs ?? {});
  return inputsOf(check.holds)
    .filter((name) => !inputs.includes(name))
    .map((name) => ({
      file: fileOf(part, 'rubric.ts'),
      place: placeOf(check),
      problem: `the case has no input tensor ${name}`,
      remedy: listed(inputs),
    }));
}

/** The input tensors that properties compare with, whatever the field in which they name them. */
function inputsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'input' in value && typeof value.input === 'string' ? [value.input] : [];
  return [...own, ...Object.values(value).flatMap(inputsOf)];
}

/** One name for two pictures of a case: the second would be written over the first. */
function picturesWithTwoMeanings(part: PartDefinition, checks: readonly Check[]): Refusal[] {
  const seen = new Map<string, string>();
  const refusals: Refusal[] = [];
  for (const check of checks) {
    if (check.kind !== 'png-match') continue;
    const name = `${check.case}/${check.picture}`;
    const image = JSON.stringify(check.image);
    if ((seen.get(name) ?? image) !== image) {
      const problem = `the picture ${check.picture} is that of another call already`;
      const remedy = 'give each picture of a case a name of its own';
      refusals.push({ file: fileOf(part, 'rubric.ts'), place: placeOf(check), problem, remedy });
    }
    seen.set(name, image);
  }
  return refusals;
}
