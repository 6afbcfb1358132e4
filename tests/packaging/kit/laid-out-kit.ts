import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa, type Result } from 'execa';
import { COURSE } from '../../../packaging/builder/contents.ts';
import { ENGINE_NAME, enginePackage } from '../../../packaging/kit/engine-package.ts';
import { kitContents, type Kit } from '../../../packaging/kit/kit-contents.ts';
import { ROOT } from '../../../repository.ts';

type Files = ReadonlyMap<string, string | Uint8Array>;

let course: Promise<Kit> | undefined;

/** The course's kit, made once in a test file. */
export function courseKit(): Promise<Kit> {
  return (course ??= kitContents(COURSE));
}

export function writeInto(folder: string, files: Files): void {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Lets a folder have the packages that a manifest names and no others: those of the repository. */
function linkPackages(folder: string, manifest: Record<string, unknown>, without: readonly string[]): void {
  const { dependencies, devDependencies } = manifest as Record<string, Record<string, string> | undefined>;
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    const place = join(folder, 'node_modules', name);
    if (without.includes(name) || name === ENGINE_NAME) continue;
    mkdirSync(dirname(place), { recursive: true });
    try {
      // The kit has the compiler that the repository has under another name.
      const installed = name === 'typescript' ? 'typescript-7' : name;
      symlinkSync(join(ROOT, 'node_modules', installed), place);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** What `npm install` leaves of a kit, with the repository's packages in the place of those of the registry. */
export async function installInto(
  folder: string,
  { engine, without = [] }: { engine?: Files; without?: readonly string[] } = {},
): Promise<void> {
  const files = engine ?? (await enginePackage(COURSE)).files;
  writeInto(join(folder, 'node_modules', ENGINE_NAME), files);
  const manifests = [join(folder, 'package.json'), join(folder, 'node_modules', ENGINE_NAME, 'package.json')];
  for (const path of manifests) {
    linkPackages(folder, JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>, without);
  }
}

/** The course's kit in a folder of its own outside the repository, installed, with files laid over it. */
export async function layOutKit(over: Files = new Map()): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'introspection-kit-test-'));
  const { files, engine } = await courseKit();
  writeInto(folder, files);
  await installInto(folder, { engine });
  writeInto(folder, over);
  return folder;
}

/** Runs a command of the kit as a student does. */
export function npmRun(folder: string, ...args: string[]): Promise<Result> {
  return execa('npm', ['run', '--silent', ...args], { cwd: folder, reject: false });
}
