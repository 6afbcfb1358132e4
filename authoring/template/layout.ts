import { join } from 'node:path';
import { filesBelow } from '../../grader/format/files-below.ts';

/** A file of the assignment and the place it has in the template. */
export interface ShippedFile {
  /** Relative to the template's root, with `/`. */
  readonly templatePath: string;
  /** Absolute path. */
  readonly source: string;
  /** `solution`: its marked regions become stubs; `document`: its answers come unmarked; `given`: ships whole. */
  readonly role: 'solution' | 'document' | 'given';
}

/** What the generator needs to know of a part; a `PartDefinition` is one. */
export interface ShippedPart {
  readonly id: string;
  /** Absolute path. */
  readonly directory: string;
  /** Template path to a file relative to `directory`. */
  readonly files: Readonly<Record<string, Pick<ShippedFile, 'source' | 'role'>>>;
  /** Relative to `directory`. */
  readonly handout: string;
}

/**
 * Every file that ships: the parts' own, their handouts, and what all of them share, which is `contract/` and
 * `lib/` of the reference, the hand-written root files in `reference/template/`, and the collect script.
 */
export function shippedFiles({
  root,
  parts,
}: {
  root: string;
  parts: readonly ShippedPart[];
}): ShippedFile[] {
  const given = (templatePath: string, source: string): ShippedFile => ({
    templatePath,
    source,
    role: 'given',
  });
  const folder = (source: string, prefix: string): ShippedFile[] =>
    filesBelow(source).map((path) => given(prefix + path, join(source, path)));
  return [
    ...folder(join(root, 'reference/contract'), 'contract/'),
    ...folder(join(root, 'reference/lib'), 'lib/'),
    ...folder(join(root, 'reference/template'), ''),
    given('collect_submission.ts', join(root, 'collect_submission.ts')),
    ...parts.flatMap(({ id, directory, files, handout }) => [
      ...Object.entries(files).map(([templatePath, { source, role }]) => ({
        templatePath,
        source: join(directory, source),
        role,
      })),
      given(`handouts/${id}.md`, join(directory, handout)),
    ]),
  ];
}
