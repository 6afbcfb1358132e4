import type { LoadedPart } from '../assignment/loaded.ts';
import type { Evidence } from '../checks/evidence.ts';
import type { CheckResult, GradeReport } from '../report/grade-report.ts';
import type { Isolation } from '../sandbox/launch.ts';
import type { Limits, Sandbox } from '../sandbox/sandbox.ts';
import type { StandingWork } from './standing-work.ts';
import type { SavedFile } from './deadline-thread.ts';

/** A part whose checks are judged, with what they looked at. */
export interface JudgedPart {
  readonly part: LoadedPart;
  readonly evidence: Evidence;
  readonly checks: readonly CheckResult[];
}

export interface GradeOptions {
  /** A zip made by the collect script, or a folder. */
  readonly submission: string;
  /** Directories of the compiled assignment's halves. */
  readonly assignment: readonly string[];
  /** The pristine template. */
  readonly template: string;
  /** Directory whose `node_modules` has the type declarations that the template compiles against. */
  readonly dependencies: string;
  readonly backend?: string;
  /** Of several graphics devices: the number of a CUDA device, a part of the name of an adapter of WebGPU. */
  readonly device?: string | undefined;
  /** Of each child. Default: where a single part is graded, `auto` less one for the type check, else 1. */
  readonly threads?: number | 'auto';
  /** Parts graded at the same time. */
  readonly jobs?: number;
  /** Stretches every time limit: 2 on a machine half as fast. Default: 1, for a graphics driver in software 20. */
  readonly timeFactor?: number;
  /** Grade these parts only. */
  readonly parts?: readonly string[];
  readonly limits?: Limits;
  /** How untrusted code is kept in; default `auto`. `practice` takes the public half only. */
  readonly isolation?: Isolation;
  /** Files that untrusted code must not be able to read, beyond the assignment. */
  readonly hidden?: readonly string[];
  /** Directories that untrusted code must not be able to write to, beyond what is always tried. */
  readonly protectedDirectories?: readonly string[];
  /** Opened by the caller, who also closes it; default: one for this run, as `isolation` says. */
  readonly sandbox?: Sandbox;
  /** What an earlier run left for this one; its assignment and parts are those of these options. */
  readonly standing?: StandingWork;
  /** Also type-check the solution files; default true. The result is advice and changes no outcome. */
  readonly types?: boolean;
  /** The version of the kit that students should have: who packed with another one is told. */
  readonly kit?: string;
  /** Called with the report so far: once before any student code runs, then whenever a part is done. */
  readonly onUpdate?: (report: GradeReport) => void;
  /**
   * After so many seconds the run ends with what was graded, its report still `running`. Should the grader itself hang
   * then, its process is ended from outside, with exit code 3.
   */
  readonly deadlineSeconds?: number;
  /** What the report says of a deadline that has passed; default: how many seconds there were. */
  readonly deadlineNotice?: string;
  /** The files in which a report is kept, which are written when the grader hangs at its deadline. */
  readonly savedAs?: (report: GradeReport) => readonly SavedFile[];
  /** Told of each part as soon as its checks are judged: all that they looked at, for whoever records what came back. */
  readonly onJudged?: (judged: JudgedPart) => void;
  /** Told what went wrong on our side; never shown to students. */
  readonly onTrouble?: (message: string) => void;
}
