import type { z } from 'zod';
import type { TensorData } from '../format/tensor-data.ts';
import type { CheckDefinition as CheckEntry } from '../checks/index.ts';
import type { CasePlan } from '../format/call-plan.ts';
import type { policy } from './policy.ts';
import type { Half } from './half.ts';

export type { TensorData };

/** A check as an instructor writes it. */
export type CheckDefinition = CheckEntry & {
  /** Why an answer such as zeros or an input may earn its points, or lie within its tolerance. */
  readonly mayBeTrivial?: string;
};

/** A file that ships with a part: where it lies in the part's folder and who owns its text. */
export interface PartFile {
  /** Path relative to the part's folder. */
  readonly source: string;
  /**
   * `solution`: code that the student writes and submits; `document`: a page that the student fills in, which ships
   * without the marks and remarks of the reference's copy; `given`: ships as it is and cannot be replaced.
   */
  readonly role: 'solution' | 'document' | 'given';
}

/** A case as an instructor writes it: a call plan with its input tensors at hand. */
export interface CaseDefinition extends CasePlan {
  readonly visibility: Half;
  readonly inputs: Readonly<Record<string, TensorData>>;
  /** An expected tensor of it may be the same number everywhere, such as a map of zeros. */
  readonly constant?: boolean;
}

/** One part of an assignment: a folder of files, its cases and its checks. */
export interface PartDefinition {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  /**
   * Its cases and its pictures take network and images from the roles: in a course on a network of its own they look into
   * that one. Others stay on the networks that come with the assignment.
   */
  readonly network?: 'course';
  /** The part's folder, absolute. */
  readonly directory: string;
  /** Template path to file of the folder. */
  readonly files: Readonly<Record<string, PartFile>>;
  /** Markdown page of the folder. */
  readonly handout: string;
  readonly cases: readonly CaseDefinition[];
  readonly checks: readonly CheckDefinition[];
  /** How long it takes a student, roughly; handouts say it. */
  readonly hours?: number;
  /**
   * Markdown page of the folder with open questions, `> **a.** Why ...?` below a heading `## Title`: a section that the
   * written part gets at its end, where it is numbered.
   */
  readonly report?: string;
  /**
   * Nothing of it is asked any more, but other parts build on it: its files ship with the solution in place, and its
   * handout, cases and checks are left out.
   */
  readonly solved?: boolean;
}

export interface AssignmentDefinition {
  readonly id: string;
  readonly title: string;
  /** All random inputs derive from it. */
  readonly seed: string;
  /** What the checks of all parts add up to; the handouts say it part by part. */
  readonly points: number;
  /** Points on top of them; default 0. */
  readonly bonus?: number;
  readonly policy: z.input<typeof policy>;
  /** What a submission may contain besides the solution files: paths and simple globs. */
  readonly alsoAllowed: readonly string[];
  /** Files of the template besides those of the parts, or in the place of some, by template path: absolute paths. */
  readonly alsoShipped?: Readonly<Record<string, string>>;
  /** The networks that cases look into: those that come with the assignment, or one of its own. Default `embedded`. */
  readonly networks?: 'embedded' | 'own';
  readonly parts: readonly PartDefinition[];
  /**
   * Ids of parts in the order in which students should do them; others follow as they stand in `parts`. Default: as they
   * stand there.
   */
  readonly order?: readonly string[];
}
