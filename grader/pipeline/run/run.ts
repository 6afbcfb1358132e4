import { basename } from 'node:path';
import type { Assignment } from '../../assignment/loaded.ts';
import type { GradeReport, Notice } from '../../report/grade-report.ts';
import type { Deadline } from '../deadline.ts';
import type { GradeOptions } from '../grade-options.ts';
import type { GradedPart } from '../grade-part.ts';
import { phase } from '../../format/phase.ts';
import { aboutTypes } from './notices.ts';
import { reportOfRun } from './report-of-run.ts';
import { freshRun, type RunFacts } from './run-facts.ts';

const HUNG = 'The grader hung, which is not your fault. Please contact the staff.';

/** The facts of one run as they come in; whoever wants to know is told of each report. */
export class Run {
  readonly #begin = performance.now();
  readonly #options: GradeOptions;
  readonly #deadline: Deadline | undefined;
  #facts: RunFacts;

  constructor(options: GradeOptions, assignment: Assignment, deadline: Deadline | undefined) {
    this.#options = options;
    this.#deadline = deadline;
    this.#facts = freshRun(assignment, basename(options.submission));
  }

  learn(facts: Partial<RunFacts>): void {
    this.#facts = { ...this.#facts, ...facts };
  }

  /** Tells staff what went wrong on our side; what the deadline ends may fail in any way. */
  blameUs(message: string): void {
    if (!this.isOutOfTime) this.#options.onTrouble?.(message);
  }

  /** Says what computes in the place of what was asked for; staff alone are told why, for it may name what lies on this machine. */
  noteBackend(note: string, why: string): void {
    this.learn({ backendNotes: [...(this.#facts.backendNotes ?? []), { note, why }] });
  }

  finish(part: GradedPart): void {
    this.learn({ graded: [...this.#facts.graded, part] });
  }

  report(): GradeReport {
    const report = reportOfRun({ ...this.#facts, seconds: (performance.now() - this.#begin) / 1000 });
    return report.state === 'running' && this.isOutOfTime ? withWarning(report, this.#notice) : report;
  }

  /** What the type checker has said so far. */
  get typeNotices(): readonly Notice[] {
    return aboutTypes(this.#facts.types);
  }

  publish(): void {
    phase('report', '', () => this.#publish());
  }

  #publish(): void {
    const { onUpdate, savedAs } = this.#options;
    const report = this.report();
    if (savedAs) this.#deadline?.leave(savedAs(withWarning(report, `${this.#notice} ${HUNG}`)));
    onUpdate?.(report);
  }

  get isOutOfTime(): boolean {
    return this.#deadline?.passed.aborted ?? false;
  }

  get #notice(): string {
    const { deadlineNotice, deadlineSeconds } = this.#options;
    return deadlineNotice ?? `The time for one submission, ${deadlineSeconds} seconds, ran out.`;
  }
}

function withWarning(report: GradeReport, text: string): GradeReport {
  return { ...report, notices: [{ severity: 'warning', text }, ...report.notices] };
}
