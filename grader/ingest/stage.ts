import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GraderError } from '../format/errors.ts';
import { allowList } from './allow-list.ts';
import type { Refusal } from './choose.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { foldedPath, pathProblem } from './path-rules.ts';
import { printable } from '../format/printable.ts';
import { readTemplate } from './read-template.ts';
import { utf8Text } from './utf8-text.ts';

/** What {@link stage} lays out. */
export interface StageOptions {
  /** Folder of the pristine template; its `node_modules` is left out. */
  readonly template: string;
  /** The student's files by path, as ingested. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Where to: a folder that does not exist yet, below one that does, or an empty folder of ours. */
  readonly directory: string;
  /** The same allow-list as for ingesting. */
  readonly allow: readonly string[];
}

/** What lies in the staged folder. */
export interface Staged {
  readonly directory: string;
  /** Paths that hold the student's version. */
  readonly submitted: readonly string[];
  /** Exact paths of the allow-list that the student did not send; the template's file is there, if it has one. */
  readonly missing: readonly string[];
  /** The student's files whose names another file or folder has, capitals aside. */
  readonly refused: readonly Refusal[];
  /** What was written otherwise than it was sent, a sentence each without its full stop. */
  readonly notes: readonly string[];
}

const FILE_MODE = 0o644;
const FOLDER_MODE = 0o755;
/** Never opens what is already there, be it a link. */
const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/**
 * Writes the pristine template with the student's files laid over it, text as UTF-8. Files get mode 0644, folders
 * 0755, whatever the umask, so that the sandbox's user can read them and not write.
 *
 * @throws GraderError when the directory is not fresh, the template holds anything but files and folders, or a file
 *   is not on the allow-list
 */
export async function stage({ template, files, directory, allow: patterns }: StageOptions): Promise<Staged> {
  const allow = allowList(patterns);
  for (const path of files.keys()) {
    const problem =
      pathProblem(path, DEFAULT_LIMITS) ?? (allow.accepts(path) ? undefined : 'it is not allowed');
    if (problem) throw new GraderError(`cannot stage ${printable(path)}: ${problem}`);
  }
  const notes: string[] = [];
  const texts = new Map<string, Uint8Array>();
  for (const [path, sent] of files) {
    const { bytes, savedAs } = utf8Text(path, sent);
    texts.set(path, bytes);
    if (savedAs !== undefined) notes.push(`${path} is saved as ${savedAs}; save it as UTF-8`);
  }
  const { layout, submitted, refused } = layOver({ given: await readTemplate(template), files: texts });
  await makeFresh(directory);
  const folders = new Set<string>([directory]);
  for (const [path, bytes] of layout) await write({ directory, path, bytes, folders });

  const missing = allow.exact.filter((path) => !files.has(path));
  return { directory, submitted, missing, refused, notes };
}

/** The template's files with the student's over them. No name may stand for two files, or for a file and a folder. */
function layOver(options: {
  given: ReadonlyMap<string, Uint8Array>;
  files: ReadonlyMap<string, Uint8Array>;
}): { layout: Map<string, Uint8Array>; submitted: string[]; refused: Refusal[] } {
  const layout = new Map<string, Uint8Array>();
  const names = new Map<string, 'file' | 'folder'>();
  const add = (path: string, bytes: Uint8Array): void => {
    layout.set(path, bytes);
    names.set(foldedPath(path), 'file');
    for (const folder of foldersOf(path)) names.set(foldedPath(folder), 'folder');
  };
  for (const [path, bytes] of options.given) if (!options.files.has(path)) add(path, bytes);
  const submitted: string[] = [];
  const refused: Refusal[] = [];
  for (const [path, bytes] of options.files) {
    const clash =
      names.has(foldedPath(path)) || foldersOf(path).some((at) => names.get(foldedPath(at)) === 'file');
    if (clash) {
      refused.push({ path: printable(path), why: 'its name is taken by another file or folder' });
      continue;
    }
    add(path, bytes);
    submitted.push(path);
  }
  return { layout, submitted, refused };
}

/** `a/b/c.ts` lies in `a` and `a/b`. */
function foldersOf(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, i) => segments.slice(0, i + 1).join('/'));
}

/** Makes the directory, or takes over an empty one that nobody else can have prepared. */
async function makeFresh(directory: string): Promise<void> {
  try {
    await mkdir(directory, { mode: FOLDER_MODE });
  } catch (cause) {
    const found = await lstat(directory).catch(() => undefined);
    const ours = found?.isDirectory() && (process.getuid === undefined || found.uid === process.getuid());
    if (!ours || (await readdir(directory)).length > 0) {
      throw new GraderError(`cannot stage into ${directory}: it is not a fresh folder of ours`, { cause });
    }
  }
  await setMode(directory);
}

async function write(options: {
  directory: string;
  path: string;
  bytes: Uint8Array;
  folders: Set<string>;
}): Promise<void> {
  const { directory, path, bytes, folders } = options;
  const target = join(directory, path);
  await makeFolder({ folder: dirname(target), folders });
  const handle = await open(target, CREATE, FILE_MODE);
  try {
    await handle.writeFile(bytes);
    await handle.chmod(FILE_MODE);
  } finally {
    await handle.close();
  }
}

async function makeFolder({ folder, folders }: { folder: string; folders: Set<string> }): Promise<void> {
  if (folders.has(folder)) return;
  await makeFolder({ folder: dirname(folder), folders });
  await mkdir(folder, { mode: FOLDER_MODE });
  await setMode(folder);
  folders.add(folder);
}

/** Through a descriptor, so that no link is followed. */
async function setMode(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    await handle.chmod(FOLDER_MODE);
  } finally {
    await handle.close();
  }
}
