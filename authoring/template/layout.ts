import { statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { filesBelow } from '../../grader/format/files-below.ts';
import { findingAbout, TemplateError, type Finding } from './findings.ts';

/** A file of the assignment and the place it has in the template. */
export interface ShippedFile {
  /** Relative to the template's root, with `/`. */
  readonly templatePath: string;
  /** Absolute path. */
  readonly source: string;
  /**
   * `solution`: its marked regions become stubs; `solved`: only the marker lines go; `document`: its answers come
   * unmarked; `given`: ships whole.
   */
  readonly role: 'solution' | 'solved' | 'document' | 'given';
}

/** What the generator needs to know of a part; a `PartDefinition` is one. */
export interface ShippedPart {
  readonly id: string;
  /** Whether it looks into the network of a course, where that has one of its own. */
  readonly network?: 'course';
  /** Absolute path. */
  readonly directory: string;
  /** Template path to a file relative to `directory`. */
  readonly files: Readonly<Record<string, { readonly source: string; readonly role: AuthoredRole }>>;
  /** Relative to `directory`. */
  readonly handout: string;
  /** How long it takes a student, roughly. */
  readonly hours?: number;
  /** Open questions for the written part: a page with a heading (`## Title`) and questions (`> **a.** ...`). */
  readonly report?: string;
  /** Other parts build on it, but nothing of it is asked: its solutions are in place, handout and documents left out. */
  readonly solved?: boolean;
}

type AuthoredRole = Exclude<ShippedFile['role'], 'solved'>;

/**
 * Every file that ships: the parts' own, their handouts, and what all of them share, which is `contract/` and
 * `lib/` of the reference, the hand-written root files in `reference/template/`, and the collect script.
 *
 * @param options.alsoShipped further files, or others in the place of some of these, by template path: absolute paths
 * @throws TemplateError where a part names a file that is not there, or a place outside the template
 */
export function shippedFiles({
  root,
  parts,
  alsoShipped = {},
}: {
  root: string;
  parts: readonly ShippedPart[];
  alsoShipped?: Readonly<Record<string, string>> | undefined;
}): ShippedFile[] {
  const findings = parts.flatMap(wrongPlaces);
  if (findings.length > 0) throw new TemplateError(findings);
  const folder = (source: string, prefix: string): ShippedFile[] =>
    filesBelow(source).map((path) => given(prefix + path, join(source, path)));
  const shipped = [
    ...folder(join(root, 'reference/contract'), 'contract/'),
    ...folder(join(root, 'reference/lib'), 'lib/'),
    ...folder(join(root, 'reference/template'), ''),
    given('collect_submission.ts', join(root, 'collect_submission.ts')),
    ...parts.flatMap(filesOfPart),
  ];
  return [
    ...shipped.filter(({ templatePath }) => !(templatePath in alsoShipped)),
    ...Object.entries(alsoShipped).map(([templatePath, source]) => given(templatePath, source)),
  ];
}

function given(templatePath: string, source: string): ShippedFile {
  return { templatePath, source, role: 'given' };
}

function filesOfPart({ id, directory, files, handout, solved = false }: ShippedPart): ShippedFile[] {
  const own = Object.entries(files)
    .filter(([, { role }]) => !(solved && role === 'document'))
    .map(([templatePath, { source, role }]): ShippedFile => ({
      templatePath,
      source: join(directory, source),
      role: solved && role === 'solution' ? 'solved' : role,
    }));
  return solved ? own : [...own, given(`handouts/${id}.md`, join(directory, handout))];
}

/** Names of a part that lead nowhere, or out of the template. */
function wrongPlaces({ directory, files, handout, report }: ShippedPart): Finding[] {
  const definition = join(directory, 'part.ts');
  const missing = [
    ...Object.values(files).map(({ source }) => source),
    handout,
    ...(report === undefined ? [] : [report]),
  ]
    .filter((name) => !statSync(join(directory, name), { throwIfNoEntry: false })?.isFile())
    .map((name) => ({
      problem: `the file ${name} is not in its folder`,
      remedy: 'correct the name, or add the file',
    }));
  const outside = Object.keys(files)
    .filter((path) => !staysInside(path))
    .map((path) => ({ problem: `the path ${path} leaves the template`, remedy: 'name a place inside it' }));
  return [...missing, ...outside].map((wrong) => findingAbout(definition, wrong));
}

/** Whether a relative path, with `/` and nothing to resolve in it, names a place below the folder it starts from. */
function staysInside(path: string): boolean {
  return (
    path !== '' &&
    !path.includes('\\') &&
    !posix.isAbsolute(path) &&
    posix.normalize(path) === path &&
    !path.startsWith('..')
  );
}
