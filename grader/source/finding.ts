/** What can be asked of a source file, in the order in which findings are listed. */
export const sourceRules = ['no-prints', 'imports', 'signatures', 'given-code'] as const;
export type SourceRule = (typeof sourceRules)[number];

/** One thing a rule objects to. All texts are safe to show; HTML is not escaped. */
export interface SourceFinding {
  /** `syntax` stands for a file that cannot be read, whichever rules were asked for. */
  readonly rule: SourceRule | 'syntax';
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;
  readonly message: string;
  /** The line itself, trimmed, at most 120 characters. */
  readonly sourceLine: string;
}

/** A finding before it is tied to a file: the character it starts at, and what to say. */
export interface Objection {
  readonly position: number;
  readonly message: string;
}
