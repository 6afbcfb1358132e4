import { relative } from 'node:path';
import type ts from 'typescript';

/** One thing wrong in a source file of the assignment: where, what, and the edit or command that fixes it. */
export interface Finding {
  /** Absolute path. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  readonly problem: string;
  readonly remedy: string;
}

/** The template cannot be made from these sources. The message has a line `file:line:col: what; remedy` for each finding. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(findings.map(describeFinding).join('\n'));
    this.findings = findings;
  }
}

function describeFinding({ file, line, column, problem, remedy }: Finding): string {
  return `${relative(process.cwd(), file)}:${line}:${column}: ${problem}; ${remedy}`;
}

/** A finding at an offset of a parsed file. */
export function findingAt(
  sourceFile: ts.SourceFile,
  offset: number,
  { problem, remedy }: Pick<Finding, 'problem' | 'remedy'>,
): Finding {
  const { line, character } = sourceFile.getLineAndCharacterOfPosition(offset);
  return { file: sourceFile.fileName, line: line + 1, column: character + 1, problem, remedy };
}

/** A finding about a file as a whole. */
export function findingAbout(
  file: string,
  { problem, remedy }: Pick<Finding, 'problem' | 'remedy'>,
): Finding {
  return { file, line: 1, column: 1, problem, remedy };
}
