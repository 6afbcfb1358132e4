import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa, type Result } from 'execa';
import { COURSE } from '../../../packaging/builder/contents.ts';
import { kitContents, type Kit } from '../../../packaging/kit/kit-contents.ts';
import { layOut, writeBelow } from '../../../packaging/kit/lay-out.ts';

let course: Promise<Kit> | undefined;

/** The course's kit, made once in a test file. */
export function courseKit(): Promise<Kit> {
  return (course ??= kitContents(COURSE));
}

/** The course's kit in a folder of its own outside the repository, installed, with files laid over it. */
export async function layOutKit(over: ReadonlyMap<string, string | Uint8Array> = new Map()): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'introspection-kit-test-'));
  layOut(folder, await courseKit());
  writeBelow(folder, over);
  return folder;
}

/** Runs a command of the kit as a student does. */
export function npmRun(folder: string, ...args: string[]): Promise<Result> {
  return execa('npm', ['run', '--silent', ...args], { cwd: folder, reject: false });
}
