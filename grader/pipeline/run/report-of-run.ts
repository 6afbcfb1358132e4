import type { LoadedPart } from '../../assignment/loaded.ts';
import { printable } from '../../format/printable.ts';
import { sha256OfFiles } from '../../format/sha256.ts';
import { addPoints, type CheckResult, type GradeReport, type PartResult } from '../../report/grade-report.ts';
import { deductionsOf, rejectionOf, type CodeOfPart, type Deduction } from '../judging/apply-policy.ts';
import type { GradedPart } from '../grade-part.ts';
import { withExcerpt } from '../calls/excerpt.ts';
import { pendingChecks } from '../judging/judge-part.ts';
import { aboutBackend, aboutFiles, aboutKit, aboutPart, aboutSources, aboutTypes } from './notices.ts';
import type { RunFacts } from './run-facts.ts';

const MAX_REASON = 400;
const PENDING = 'Not graded: the grader was stopped before it came to this check.';

/** The report that the facts give: valid at every moment, and never more than was earned. A pure function. */
export function reportOfRun(facts: RunFacts): GradeReport {
  const { assignment, state, ingested } = facts;
  const { policy } = assignment;
  const graded = new Map(facts.graded.map((done) => [done.part.id, done]));
  const parts = assignment.parts.map((part) => judgedPart(part, graded.get(part.id), facts));
  const code = parts.map(({ code: one }) => one);
  const rejected = rejectionOf(code, policy);
  // Until all parts have been compiled and run, it is open whether the submission earns anything at all.
  const mayBeRejected = policy.compileErrors === 'reject' || policy.leftoverPrints === 'reject';
  const undecided = state === 'running' && mayBeRejected;
  const environments = facts.graded.flatMap(({ environment }) => (environment ? [environment] : []));
  const last = environments.at(-1);
  return {
    assignment: { id: assignment.id, title: assignment.title },
    submission: {
      name: facts.submission,
      sha256: ingested ? sha256OfFiles(ingested.files) : '',
      files: ingested?.files.size ?? 0,
      untouched: facts.untouched ?? false,
    },
    ...(facts.refusal === undefined ? {} : { refusal: facts.refusal }),
    state,
    parts: parts.map(({ result }) => result),
    score: rejected || undecided ? 0 : addPoints(parts.map(({ result }) => result.earned)),
    points: addPoints(parts.map(({ result }) => result.points)),
    notices: [
      ...(rejected ? [{ severity: 'warning' as const, text: rejected }] : []),
      ...aboutKit(facts),
      ...aboutFiles(facts),
      ...aboutSources(facts),
      ...parts.flatMap(({ done, deductions }) => (done ? aboutPart(done, deductions) : [])),
      ...aboutBackend(facts),
      ...aboutTypes(facts.types),
    ],
    leaderboard: rejected ? [] : parts.flatMap(({ done }) => done?.leaderboard ?? []),
    incidents: facts.graded.flatMap(({ incidents }) => incidents),
    seconds: facts.seconds,
    environment: {
      backend: last?.backend ?? 'not started',
      ...(last?.device === undefined ? {} : { device: printable(last.device, MAX_REASON) }),
      isolation: facts.isolation ?? 'not started',
      versions: Object.assign(
        { node: process.versions.node },
        ...environments.map(({ versions }) => versions),
      ) as Record<string, string>,
      seed: assignment.seed,
      ...(facts.backendNotes
        ? { backendReasons: facts.backendNotes.map(({ why }) => printable(why, MAX_REASON)) }
        : {}),
    },
  };
}

interface JudgedPart {
  readonly result: PartResult;
  readonly code: CodeOfPart;
  readonly done: GradedPart | undefined;
  readonly deductions: readonly Deduction[];
}

function judgedPart(part: LoadedPart, done: GradedPart | undefined, facts: RunFacts): JudgedPart {
  const { assignment, refusal, review } = facts;
  const printsWhileRunning = done && done.printed.bytes > 0 ? 1 : 0;
  const prints = (review?.printsByPart.get(part.id) ?? 0) + printsWhileRunning;
  const code = { title: part.title, prints, compiles: done?.compiles ?? true };
  if (!done) {
    const why = refusal === undefined ? PENDING : `Not graded: ${refusal}`;
    const result = partResult(part, pendingChecks(part, why), refusal === undefined ? 'pending' : 'graded');
    return { result, code, done, deductions: [] };
  }
  const earned = addPoints(done.checks.map((check) => check.earned));
  const deductions = deductionsOf(code, earned, assignment.policy);
  const off = addPoints(deductions.map(({ points }) => points));
  const checks = done.checks.map((check) => withExcerpt(check, facts.ingested?.files));
  const result = partResult(part, checks, 'graded');
  return {
    result: {
      ...result,
      earned: addPoints([result.earned, -off]),
      seconds: done.seconds,
      ...(done.peakBytes > 0 ? { peakBytes: done.peakBytes } : {}),
    },
    code,
    done,
    deductions,
  };
}

function partResult(
  part: LoadedPart,
  checks: readonly CheckResult[],
  state: PartResult['state'],
): PartResult {
  return {
    id: part.id,
    title: part.title,
    group: part.group,
    files: [...part.solutionFiles.map(({ path }) => path), ...part.documents.keys()],
    checks,
    earned: addPoints(checks.map((check) => check.earned)),
    points: addPoints(checks.map((check) => (check.bonus ? 0 : check.points))),
    seconds: 0,
    state,
  };
}
