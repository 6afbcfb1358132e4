import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { casesOf } from '../checks/index.ts';
import { GraderError } from '../format/errors.ts';
import { readJson } from '../format/read-json.ts';
import { decodeSafetensors } from '../format/safetensors.ts';
import type { TensorData } from '../format/tensor-data.ts';
import { assignmentFile, caseMeta, type AssignmentFile } from './schema.ts';
import { knownMistakes, type KnownMistakes } from '../mistakes/known-mistakes.ts';
import type { CasePlan } from '../format/call-plan.ts';
import { checkPolicy } from './check-policy.ts';
import type { Half } from './half.ts';
import type { Assignment, LoadedCase, LoadedCheck, LoadedPart } from './loaded.ts';

/** Names under which a case's data lies in its folder. */
export const CASE_FILES = {
  inputs: 'inputs.safetensors',
  given: 'given.safetensors',
  expected: 'expected.safetensors',
  meta: 'meta.json',
} as const;

/** The folder of a half in which known mistakes lie, a file for each part. */
export const KNOWN_MISTAKES = 'known-mistakes';

function caseDirectory(half: string, part: string, caseId: string): string {
  return join(half, part, caseId);
}

const REMEDY = 'run npm run fixtures';

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function readTensors(path: string): Record<string, TensorData> {
  return existsSync(path) ? decodeSafetensors(readFileSync(path)) : {};
}

function loadCase(
  { directory: of, half }: { directory: string; half: Half },
  part: string,
  plan: CasePlan,
): LoadedCase {
  const directory = caseDirectory(of, part, plan.id);
  const meta = once(() => readJson(join(directory, CASE_FILES.meta), caseMeta, REMEDY));
  return {
    plan,
    half,
    directory,
    inputs: once(() => readTensors(join(directory, CASE_FILES.inputs))),
    given: once(() => {
      const tensors = readTensors(join(directory, CASE_FILES.given));
      return new Map(Object.entries(meta().given ?? {}).map(([key, value]) => [key, { value, tensors }]));
    }),
    expected: once(() => {
      const tensors = readTensors(join(directory, CASE_FILES.expected));
      return new Map(
        Object.entries(meta().expected).map(([call, { value, gradient }]) => [
          call,
          { value, tensors, gradient },
        ]),
      );
    }),
  };
}

function mergePart(halves: readonly { directory: string; file: AssignmentFile }[], id: string): LoadedPart {
  const found = halves.flatMap(({ directory, file }) =>
    file.parts.filter((part) => part.id === id).map((part) => ({ directory, half: file.visibility, part })),
  );
  const cases = new Map<string, LoadedCase>();
  const checks: LoadedCheck[] = [];
  for (const { directory, half, part } of found) {
    for (const plan of part.cases) cases.set(plan.id, loadCase({ directory, half }, id, plan));
    checks.push(...part.checks.map((check) => ({ check, half })));
  }
  for (const { check } of checks) {
    const missing = casesOf(check).find((caseId) => !cases.has(caseId));
    if (missing)
      throw new GraderError(`check ${id}/${check.id} names the case ${missing}, which is not there`);
  }
  const [{ part }] = found;
  const { title, group, solutionFiles } = part;
  const privateHalf = found.find(({ half }) => half === 'private');
  const documents = new Map(
    part.documents.map((path) => [path, privateHalf && join(privateHalf.directory, id, path)]),
  );
  const read = found.map(({ directory, half: of }) => [of, once(() => readKnownMistakes(directory, id))]);
  const known = Object.fromEntries(read) as LoadedPart['knownMistakes'];
  return { id, title, group, solutionFiles, documents, cases, checks, knownMistakes: known };
}

/** What is known of a part's wrong solutions in one half; undefined where nothing was recorded. */
function readKnownMistakes(half: string, part: string): KnownMistakes | undefined {
  const path = join(half, KNOWN_MISTAKES, `${part}.json`);
  return existsSync(path) ? readJson(path, knownMistakes, 'run npm run known-mistakes') : undefined;
}

/**
 * A compiled assignment from its halves' directories (`public`, and `private` where it is to be had).
 * @throws GraderError when a file is missing or not of the format
 */
export function loadAssignment(directories: readonly string[]): Assignment {
  const read = directories.map((directory) => ({
    directory,
    file: readJson(join(directory, 'assignment.json'), assignmentFile, REMEDY),
  }));
  // The public half first, however they were named: a submission that has not seen a private input yet cannot put it
  // into a message of a public check.
  const isPrivate = ({ file }: (typeof read)[number]): number => (file.visibility === 'private' ? 1 : 0);
  const halves = read.toSorted((a, b) => isPrivate(a) - isPrivate(b));
  if (halves.length === 0) throw new GraderError('no compiled assignment was named');
  const [{ file: first }] = halves;
  const other = halves.find(({ file }) => !isDeepStrictEqual(file.policy, first.policy));
  if (other) {
    throw new GraderError(`${other.directory}: another policy than the first half's; ${REMEDY}`);
  }
  const ids = [...new Set(halves.flatMap(({ file }) => file.parts.map((part) => part.id)))];
  const assignment: Assignment = {
    id: first.id,
    title: first.title,
    seed: first.seed,
    allow: first.allow,
    policy: first.policy,
    parts: ids.map((id) => mergePart(halves, id)),
  };
  // One half lacks names that the other has.
  if (halves.length > 1) checkPolicy(assignment);
  return assignment;
}
