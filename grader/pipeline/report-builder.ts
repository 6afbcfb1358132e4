import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { SubmissionError } from '../format/errors.ts';
import type { TypeReport } from '../compile/type-check.ts';
import { printable } from '../format/printable.ts';
import {
  sum,
  type CheckResult,
  type GradeReport,
  type LeaderboardValue,
  type Notice,
  type PartResult,
} from '../report/grade-report.ts';
import { deductionsOf, rejectionOf, type CodeOfPart } from './apply-policy.ts';
import type { GradedPart } from './grade-part.ts';
import { pendingChecks } from './judge-part.ts';
import type { Assignment, LoadedPart } from '../assignment/loaded.ts';
import type { SourceReview } from './review-sources.ts';

const PENDING = 'Not graded: the grader was stopped before it came to this check.';
const MAX_NOTICES_OF_A_KIND = 10;
/** The compiler quotes names and types as they are, however long. */
const MAX_TYPE_MESSAGE = 400;

interface Ingested {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly refused: readonly { readonly path: string; readonly why: string }[];
  readonly ignored: readonly { readonly name: string; readonly count: number }[];
}

/** Gathers what becomes of a submission; a snapshot is a valid, pessimistic report at every moment. */
export class ReportBuilder {
  readonly #assignment: Assignment;
  readonly #begin = performance.now();
  readonly #parts: PartResult[];
  readonly #notices: Notice[] = [];
  readonly #name: string;
  #sha256 = '';
  #files = 0;
  #state: GradeReport['state'] = 'running';
  #isolation = 'not started';
  #backend = 'not started';
  #versions: Record<string, string> = { node: process.versions.node };
  #printsInSource: ReadonlyMap<string, number> = new Map();
  readonly #code = new Map<string, CodeOfPart>();
  readonly #leaderboard: LeaderboardValue[] = [];

  constructor(options: { assignment: Assignment; submission: string }) {
    this.#assignment = options.assignment;
    this.#name = basename(options.submission);
    this.#parts = options.assignment.parts.map((part) =>
      partResult(part, pendingChecks(part, PENDING), 0, 'pending'),
    );
  }

  /** Runs ingest; a submission that cannot be taken is reported as such, and nothing comes back. */
  async admit<T extends Ingested>(ingest: () => Promise<T>): Promise<T | undefined> {
    try {
      const ingested = await ingest();
      this.#sha256 = digest(ingested.files);
      this.#files = ingested.files.size;
      this.#list('warning', ingested.refused, ({ path, why }) => `${path} was not taken: ${why}`);
      this.#list('info', ingested.ignored, ({ name, count }) => `Left out: ${count} × ${name}`);
      return ingested;
    } catch (error) {
      if (!(error instanceof SubmissionError)) throw error;
      this.#state = 'refused';
      this.#notices.push({ severity: 'warning', text: `This submission cannot be graded: ${error.message}` });
      const why = `Not graded: ${error.message}`;
      this.#assignment.parts.forEach((part, i) => {
        this.#parts[i] = partResult(part, pendingChecks(part, why), 0, 'graded');
      });
      return undefined;
    }
  }

  noteStaged(
    staged: { readonly missing: readonly string[]; readonly refused: Ingested['refused'] },
    wanted: readonly string[],
  ): void {
    this.#list('warning', staged.refused, ({ path, why }) => `${path} was not taken: ${why}`);
    const missing = staged.missing.filter((path) => wanted.includes(path));
    this.#list(
      'warning',
      missing,
      (path) => `${path} is not in the submission; its functions count as not attempted`,
    );
  }

  noteSources(review: SourceReview): void {
    this.#printsInSource = review.printsByPart;
    this.#list('warning', review.prints, (finding) => finding);
    this.#list('info', review.remarks, (finding) => finding);
  }

  noteTypes(types: TypeReport): void {
    if (types.state === 'unavailable') {
      this.#notices.push({ severity: 'info', text: `The types were not checked: ${types.why}.` });
      return;
    }
    this.#list(
      'info',
      types.problems,
      ({ file, line, column, message }) =>
        `TypeScript: ${file}:${line}:${column}: ${printable(message, MAX_TYPE_MESSAGE)}`,
    );
  }

  setEnvironment(environment: {
    isolation?: string;
    backend?: string;
    versions?: Record<string, string>;
  }): void {
    this.#isolation = environment.isolation ?? this.#isolation;
    this.#backend = environment.backend ?? this.#backend;
    this.#versions = { ...this.#versions, ...environment.versions };
  }

  finishPart(done: GradedPart): void {
    const { part, printed } = done;
    this.setEnvironment(done.environment ?? {});
    const index = this.#assignment.parts.findIndex(({ id }) => id === part.id);
    if (printed.bytes > 0) {
      this.#notices.push({
        severity: 'warning',
        text: `${part.title}: your code printed ${printed.bytes} bytes while it was graded; remove leftover prints`,
      });
    }
    const prints = (this.#printsInSource.get(part.id) ?? 0) + (printed.bytes > 0 ? 1 : 0);
    const code = { title: part.title, prints, compiles: done.compiles };
    this.#code.set(part.id, code);
    const earned = sum(done.checks.map((check) => check.earned));
    const deductions = deductionsOf(code, earned, this.#assignment.policy);
    this.#list('warning', deductions, ({ why }) => why);
    const off = sum(deductions.map(({ points }) => points));
    this.#parts[index] = partResult(part, done.checks, done.seconds, 'graded', off);
    this.#leaderboard.push(...done.leaderboard);
  }

  complete(): void {
    this.#state = 'complete';
  }

  snapshot(): GradeReport {
    const points = this.#parts.flatMap((part) =>
      part.checks.map((check) => (check.bonus ? 0 : check.points)),
    );
    const rejected = this.#rejection();
    const notices = [...this.#notices];
    if (rejected) notices.unshift({ severity: 'warning', text: rejected });
    // Until all parts have been compiled and run, it is open whether the submission earns anything at all.
    const { compileErrors, leftoverPrints } = this.#assignment.policy;
    const undecided =
      this.#state === 'running' && (compileErrors === 'reject' || leftoverPrints === 'reject');
    return {
      assignment: { id: this.#assignment.id, title: this.#assignment.title },
      submission: { name: this.#name, sha256: this.#sha256, files: this.#files },
      state: this.#state,
      parts: this.#parts.map((part) => ({ ...part })),
      score: rejected || undecided ? 0 : sum(this.#parts.map((part) => part.earned)),
      points: sum(points),
      notices,
      leaderboard: rejected ? [] : [...this.#leaderboard],
      seconds: (performance.now() - this.#begin) / 1000,
      environment: {
        backend: this.#backend,
        isolation: this.#isolation,
        versions: this.#versions,
        seed: this.#assignment.seed,
      },
    };
  }

  #rejection(): string | undefined {
    const parts = this.#assignment.parts.map(
      (part) =>
        this.#code.get(part.id) ?? {
          title: part.title,
          prints: this.#printsInSource.get(part.id) ?? 0,
          compiles: true,
        },
    );
    return rejectionOf(parts, this.#assignment.policy);
  }

  #list<T>(severity: Notice['severity'], items: readonly T[], text: (item: T) => string): void {
    for (const item of items.slice(0, MAX_NOTICES_OF_A_KIND))
      this.#notices.push({ severity, text: text(item) });
    const more = items.length - MAX_NOTICES_OF_A_KIND;
    if (more > 0) this.#notices.push({ severity, text: `… and ${more} more of this kind` });
  }
}

function partResult(
  part: LoadedPart,
  checks: readonly CheckResult[],
  seconds: number,
  state: PartResult['state'],
  deduction = 0,
): PartResult {
  return {
    id: part.id,
    title: part.title,
    group: part.group,
    checks,
    earned: sum([...checks.map((check) => check.earned), -deduction]),
    points: sum(checks.map((check) => (check.bonus ? 0 : check.points))),
    seconds,
    state,
  };
}

/** SHA-256 over the names and contents that are graded. */
function digest(files: ReadonlyMap<string, Uint8Array>): string {
  const hash = createHash('sha256');
  for (const path of [...files.keys()].sort()) {
    const bytes = files.get(path)!;
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}
