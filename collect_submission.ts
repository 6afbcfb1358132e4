/**
 * Packs a submission: the files that `submission.json` allows, looked over, zipped into the current folder. The same
 * files give the same bytes, on every machine and at every time.
 *
 * It needs nothing but Node and archiver. The code is looked over with the TypeScript compiler where it is installed:
 * Node 20 has no parser to offer, and a search for `console` would take comments and strings for code.
 *
 * Exit codes: 0 packed, 1 cannot be packed, 2 wrong usage.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ZipArchive } from 'archiver';
import type TypeScript from 'typescript';

const tool = 'collect_submission 1';
/** The largest file that is taken when a submission is graded. */
const maxFileBytes = 8 * 1024 * 1024;
/** Where the handouts have students try things out. */
const tryFile = 'try.ts';
const printers = /^(?:(?:globalThis\.)?console|process\.std(?:out|err))$/;

/** `submission.json`: what may be handed in. */
export interface SubmissionAllowList {
  /** Name of the zip. */
  readonly name: string;
  readonly solutionFiles: readonly { readonly path: string; readonly functions: readonly string[] }[];
  /** Paths, with `*` for any characters of a file's name, that go along when they are present. */
  readonly optional: readonly string[];
  /** Path of every other file of the template to its {@link contentHash}. */
  readonly given: Readonly<Record<string, string>>;
}

/** What a folder submits, and what is to be said of it. */
export interface Collected {
  /** Name of the zip. */
  readonly name: string;
  /** In the order of the zip. */
  readonly files: readonly { readonly path: string; readonly bytes: Buffer }[];
  /** Why nothing can be packed. */
  readonly refusals: readonly string[];
  /** What will cost points, probably. */
  readonly warnings: readonly string[];
  /** What the student should know. */
  readonly notes: readonly string[];
}

/** SHA-256 of a file with Windows line ends taken for `\n`, so that a checkout that converts them changes nothing. */
export function contentHash(content: string | Uint8Array): string {
  const text = Buffer.from(content).toString('latin1').replaceAll('\r\n', '\n');
  return createHash('sha256').update(text, 'latin1').digest('hex');
}

/** Paths below a folder, in order: regular files, and apart from them symbolic links, which are not followed. Hidden ones are left out. */
function listFolder(folder: string): { files: string[]; links: string[] } {
  const files: string[] = [];
  const links: string[] = [];
  const visit = (prefix: string): void => {
    for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
      if (entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
      const path = prefix + entry.name;
      if (entry.isSymbolicLink()) links.push(path);
      else if (entry.isDirectory()) visit(`${path}/`);
      else if (entry.isFile()) files.push(path);
    }
  };
  visit('');
  return { files: files.sort(), links: links.sort() };
}

function matches(path: string, pattern: string): boolean {
  const source = pattern.replaceAll(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`).replaceAll('*', '[^/]*');
  return new RegExp(`^${source}$`).test(path);
}

function readAllowList(folder: string): SubmissionAllowList {
  if (!existsSync(folder))
    throw new Error(
      `There is no folder ${folder}. All parts are packed together: npm run collect needs no name.`,
    );
  const path = join(folder, 'submission.json');
  if (!existsSync(path))
    throw new Error(`No submission.json in ${folder}. Run this in the assignment's folder.`);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as SubmissionAllowList;
  } catch (cause) {
    throw new Error(`${path} is damaged. Restore it from the assignment's zip.`, { cause });
  }
}

/** Whether text starts with the mark of UTF-16, as Notepad and PowerShell save it. */
function isUtf16(bytes: Buffer): boolean {
  return ['fffe', 'feff'].includes(bytes.toString('hex', 0, 2));
}

/** What a file's code shows without running it: syntax errors, or else missing functions, stubs and leftover prints. */
function inspectCode(
  ts: typeof TypeScript,
  { path, text, functions }: { path: string; text: string; functions: readonly string[] },
): { errors: string[]; warnings: string[] } {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const at = (offset = 0): string => `${path}:${source.getLineAndCharacterOfPosition(offset).line + 1}`;
  const compilerOptions = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext };
  const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true, compilerOptions });
  const errors = diagnostics.map(
    ({ start, messageText: what }) => `${at(start)}: ${ts.flattenDiagnosticMessageText(what, ' ')}`,
  );
  const found: string[] = [];
  const exported = new Set<string>();
  const visit = (node: TypeScript.Node): void => {
    const warn = (what: string): number => found.push(`${at(node.getStart(source))}: ${what}`);
    if (ts.isDebuggerStatement(node)) warn('leftover debugger statement; remove it');
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
      const isPrinter = printers.test(node.expression.getText(source));
      if (isPrinter) warn(`leftover print ${node.getText(source)}; remove it`);
    }
    if (ts.isNewExpression(node) && node.expression.getText(source) === 'NotImplementedError') {
      const [stub] = node.arguments ?? [];
      warn(`${stub && ts.isStringLiteral(stub) ? stub.text : 'a function'} is not implemented yet`);
    }
    const declaration = ts.isVariableDeclaration(node) ? node.parent.parent : node;
    const exports =
      ts.canHaveModifiers(declaration) &&
      ts.getModifiers(declaration)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    const named = ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node) ? node.name : undefined;
    if (ts.isExportSpecifier(node)) exported.add(node.name.text);
    else if (exports && named) exported.add(named.getText(source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  const missing = functions.filter((name) => !exported.has(name));
  const renamed = missing.map((name) => `${path}: does not export ${name}; keep the names of the template`);
  return { errors, warnings: errors.length > 0 ? [] : [...renamed, ...found] };
}

/**
 * What is wrong with the answers to a page's questions: those with nothing marked, and those whose answers are numbered
 * (`1. [ ]`, one is right) and where several are marked. A question is named by its heading up to the first full stop.
 */
function questionWarnings(text: string): string[] {
  const questions = text.split(/^#+ /m).map((question) => {
    const answers = [...question.matchAll(/^\s*([-*+]|\d+[.)])\s*\[([^\]\n]*)\]/gm)];
    const marked = answers.filter(([, , mark]) => mark.trim() !== '');
    const isSingle = answers.some(([, bullet]) => /\d/.test(bullet));
    return { label: /^[^\s.]*/.exec(question)![0], answers, marked, isSingle };
  });
  const open = questions.filter(({ answers, marked }) => answers.length > 0 && marked.length === 0);
  const crowded = questions.filter(({ marked, isSingle }) => isSingle && marked.length > 1);
  const listed = (found: typeof questions): string => found.map(({ label }) => label).join(', ');
  return [
    ...(open.length > 0 ? [`no answer is marked for ${listed(open)}`] : []),
    ...(crowded.length > 0 ? [`several answers are marked for ${listed(crowded)}, where one is right`] : []),
  ];
}

/** Reads what a folder hands in and looks it over. Throws when `submission.json` is missing or damaged. */
export async function collect(folder: string): Promise<Collected> {
  const { name, solutionFiles, optional, given } = readAllowList(folder);
  const { files: present, links } = listFolder(folder);
  const refusals: string[] = [];
  const warnings: string[] = [];
  const notes: string[] = [];
  const solutionPaths = solutionFiles.map(({ path }) => path);
  const isOptional = (path: string): boolean => optional.some((pattern) => matches(path, pattern));
  const isSent = (path: string): boolean => solutionPaths.includes(path) || isOptional(path);
  const leadsTo = (link: string, path: string): boolean => `${path}/`.startsWith(`${link}/`);
  const unusable = links.filter(
    (link) => isOptional(link) || [...solutionPaths, ...optional].some((path) => leadsTo(link, path)),
  );
  refusals.push(
    ...unusable.map((link) => `${link}: is a symbolic link; put the file or folder itself there`),
  );
  const found = [...present, ...links];
  const missing = solutionPaths.filter((path) => !found.some((there) => leadsTo(there, path)));
  refusals.push(...missing.map((path) => `${path}: missing; restore it from the assignment's zip`));
  const files = present.filter(isSent).flatMap((path) => {
    const bytes = readFileSync(join(folder, path));
    if (bytes.length <= maxFileBytes) return [{ path, bytes }];
    refusals.push(`${path}: ${sizeText(bytes.length)} is over the limit of ${sizeText(maxFileBytes)}`);
    return [];
  });

  const ts = await parser();
  if (!ts)
    notes.push('typescript is not installed, so syntax, stubs and prints were not checked: npm install');
  for (const { path, functions } of solutionFiles) {
    const bytes = files.find((file) => file.path === path)?.bytes;
    if (bytes && isUtf16(bytes)) refusals.push(`${path}: is saved as UTF-16; save it as UTF-8`);
    if (!ts || !bytes || isUtf16(bytes)) continue;
    const text = bytes.toString('utf8');
    const code = inspectCode(ts, { path, text, functions });
    refusals.push(...code.errors);
    warnings.push(...code.warnings);
  }
  for (const { path, bytes } of files.filter((file) => file.path.endsWith('.md'))) {
    warnings.push(...questionWarnings(bytes.toString('utf8')).map((what) => `${path}: ${what}`));
  }
  for (const path of present) {
    const changed =
      given[path] !== undefined && contentHash(readFileSync(join(folder, path))) !== given[path];
    if (changed) warnings.push(`${path}: differs from the template; your work is graded with the original`);
  }
  const absent = optional.filter((pattern) => !files.some(({ path }) => matches(path, pattern)));
  notes.push(...absent.map((pattern) => `${pattern}: none there, so none is sent`));
  const known = new Set([
    ...solutionPaths,
    ...Object.keys(given),
    'submission.json',
    'package-lock.json',
    tryFile,
    name,
  ]);
  const others = found.filter((path) => !known.has(path) && !isOptional(path));
  notes.push(...others.map((path) => `${path}: not part of a submission, so it is not sent`));
  return { name: basename(name), files, refusals, warnings, notes };
}

/** The zip of collected files: sorted, stored uncompressed, with one date and mode, so that equal files give equal bytes. */
export async function packSubmission({
  name,
  files,
  kit,
}: Pick<Collected, 'name' | 'files'> & {
  /** The version of the kit that looked the files over. */
  readonly kit?: string;
}): Promise<Buffer> {
  const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
  const entries = files.map(({ path, bytes }) => ({ path, bytes: bytes.length, sha256: sha256(bytes) }));
  const manifest = `${JSON.stringify({ tool, name, ...(kit ? { kit } : {}), files: entries }, null, 2)}\n`;
  const archive = new ZipArchive({ store: true });
  const all = [...files, { path: 'submission-manifest.json', bytes: Buffer.from(manifest) }];
  for (const { path, bytes } of all.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    archive.append(bytes, { name: path, date: new Date('1980-01-01T00:00:00Z'), mode: 0o644 });
  }
  const finished = archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  await finished;
  return Buffer.concat(chunks);
}

/** TypeScript with its programming interface, which version 7 has not. */
async function parser(): Promise<typeof TypeScript | undefined> {
  const found = await import('typescript').then((module) => module.default).catch(() => undefined);
  return found && 'createSourceFile' in found ? found : undefined;
}

/** A number of bytes as people read it: `512 bytes`, `1.2 KB`, `3.4 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

/** Lines under a title; nothing where there are none. */
export function list(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${title}\n${lines.map((line) => `  ${line}\n`).join('')}\n`;
}

const usage = `Usage: npm run collect [-- [folder] [--strict]]
  --strict  pack nothing while there is a warning`;

function parseCommand(args: readonly string[]): { folder: string; strict: boolean; help: boolean } {
  const options = {
    strict: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options });
  if (positionals.length > 1) throw new Error('Name one folder at most.');
  return { folder: resolve(positionals[0] ?? '.'), ...values };
}

/** Runs the command line; the zip is written to the current folder. Returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  let exitCode = 2;
  try {
    const { folder, strict, help } = parseCommand(args);
    if (help) {
      console.log(usage);
      return 0;
    }
    exitCode = 1;
    const { name, files, refusals, warnings, notes } = await collect(folder);
    const width = Math.max(...files.map(({ path }) => path.length));
    const rows = files.map(
      ({ path, bytes }) => `${path.padEnd(width)}  ${sizeText(bytes.length).padStart(10)}`,
    );
    const from = relative(process.cwd(), folder) || 'this folder';
    process.stdout.write(
      list(`Files to hand in, from ${from}:`, rows) + list('Warnings:', warnings) + list('Notes:', notes),
    );
    if (refusals.length > 0 || (strict && warnings.length > 0)) {
      const cause = refusals.length > 0 ? 'problems' : 'warnings';
      throw new Error(
        `${list('Problems:', refusals)}Nothing was packed. Mend the ${cause} above and run npm run collect again.`,
      );
    }
    const zip = await packSubmission({ name, files });
    writeFileSync(name, zip);
    console.log(`Packed ${files.length} files into ${name}, ${sizeText(zip.length)}.`);
    console.log(`Next: ${warnings.length > 0 ? 'look at the warnings above, then ' : ''}upload ${name}.`);
    return 0;
  } catch (error) {
    console.error((error as Error).message);
    if (exitCode === 2) console.error(usage);
    return exitCode;
  }
}

const script = process.argv[1];
if (script !== undefined && existsSync(script) && realpathSync(script) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
