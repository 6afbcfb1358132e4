import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { half } from '../../grader/assignment/half.ts';
import { buildRunner } from '../../grader/child/build.ts';
import { filesBelow } from '../../grader/format/files-below.ts';
import { jsonText } from '../../grader/format/json-text.ts';
import { sha256OfFiles } from '../../grader/format/sha256.ts';
import { pessimisticResults } from '../../grader/gradescope/pessimistic.ts';
import type { Settings } from '../../grader/gradescope/settings.ts';
import { FIXTURES, ROOT, TEMPLATE } from '../../repository.ts';
import { kitVersion } from '../kit/kit-version.ts';
import { bundleGrader, INSTALLED_PACKAGES } from './bundle-grader.ts';
import { narrowLockfile, type Lockfile } from './lockfile.ts';

/** The compiled assignment and the template that a package is made of; absolute paths. */
export interface PackageInput {
  /** Holds `public/` and `private/`. */
  readonly fixtures: string;
  readonly template: string;
  readonly settings: Settings;
}

export const COURSE = { fixtures: FIXTURES, template: TEMPLATE };

export type PackageFiles = ReadonlyMap<string, Uint8Array>;

/** Files of the engine that run as they are, by path below `grader/`. */
const ENGINE_FILES = [
  'sandbox/native/launcher.c',
  'sandbox/native/launcher.pl',
  'sandbox/canary/attempts.ts',
  'pipeline/deadline-thread.ts',
];

const HALVES = half.options;

const json = (value: unknown): Uint8Array => Buffer.from(jsonText(value));

/** All files of the Gradescope package by path, in order; the same input gives the same bytes. */
export async function packageContents({ fixtures, template, settings }: PackageInput): Promise<PackageFiles> {
  const files = new Map<string, Uint8Array>();
  const addFolder = (to: string, from: string): void => {
    for (const path of filesBelow(from, { skip: ['node_modules'] }))
      files.set(`${to}/${path}`, readFileSync(join(from, path)));
  };
  for (const name of ['setup.sh', 'run_autograder']) {
    files.set(name, readFileSync(join(ROOT, 'packaging', 'gradescope', name)));
  }
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lockfile;
  const { manifest, lockfile } = narrowLockfile(lock, INSTALLED_PACKAGES);
  files.set('package.json', json(manifest));
  files.set('package-lock.json', json(lockfile));
  for (const [path, bytes] of await bundleGrader()) files.set(`grader/${path}`, bytes);
  addFolder('grader/prebuilt-runner', await buildRunner());
  for (const path of ENGINE_FILES) files.set(`grader/${path}`, readFileSync(join(ROOT, 'grader', path)));
  for (const half of HALVES) addFolder(`assignment/${half}`, join(fixtures, half));
  addFolder('template', template);
  files.set('settings.json', json(settings));
  files.set('pessimistic.json', json(pessimisticResults(HALVES.map((half) => join(fixtures, half)))));
  const sorted = new Map([...files].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  sorted.set(
    'package-digest.json',
    json({
      grader_version: lock.version,
      kit_version: kitVersion({ fixtures, template }),
      package_sha256: sha256OfFiles(sorted),
    }),
  );
  return sorted;
}

/** The compiled assignment's two halves must be there. @throws Error with the command that makes them */
export function requireInput({ fixtures, template }: Pick<PackageInput, 'fixtures' | 'template'>): void {
  for (const half of HALVES) {
    if (!existsSync(join(fixtures, half, 'assignment.json')))
      throw new Error(`${join(fixtures, half)} does not exist; run npm run fixtures`);
  }
  if (!existsSync(template)) throw new Error(`${template} does not exist; run npm run template`);
}
