import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assignmentFile } from '../../grader/assignment/schema.ts';
import { buildRunner } from '../../grader/child/build.ts';
import { GraderError } from '../../grader/format/errors.ts';
import { filesBelow } from '../../grader/format/files-below.ts';
import { jsonText } from '../../grader/format/json-text.ts';
import { readJson } from '../../grader/format/read-json.ts';
import type { PrivateChecks } from '../../grader/practice/private-checks.ts';
import { ROOT } from '../../repository.ts';
import { bundleEngine, INSTALLED_BESIDE } from './bundle-engine.ts';
import { kitVersion, type KitSource } from './kit-version.ts';

export const ENGINE_NAME = 'introspection-kit';
/**
 * By this name the repository has version 7 of TypeScript, which checks types six times as fast; what needs the
 * programming interface of version 6 has it in the bundle.
 */
export const TYPE_CHECKER = 'typescript-7';

/** What a public half consists of, by path below it; nothing else is taken. */
const PUBLIC_FILES: readonly RegExp[] = [
  /^assignment\.json$/,
  /^[a-z0-9-]+\/[a-z0-9-]+\/(?:inputs|given|expected)\.safetensors$/,
  /^[a-z0-9-]+\/[a-z0-9-]+\/(?:meta\.json|[a-z0-9_-]+\.png)$/,
  /^known-mistakes\/[\w/.-]+\.(?:json|safetensors)$/,
];
/** Look and behaviour of the report's page, which are read as they are. */
const PAGE = join(ROOT, 'grader', 'report', 'page', 'browser');
/** Pictures of handouts are megabytes that no check looks at. */
const NOT_STAGED = /^handouts\/.*\.(?:png|jpe?g|gif|svg)$/;

/** The engine as an npm package. */
export interface EnginePackage {
  readonly version: string;
  /** By path below the package, in order. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const json = (value: unknown): Uint8Array => Buffer.from(jsonText(value));

/**
 * The public half of a compiled assignment, file by file.
 * @throws GraderError where the folder is not a public half, or holds what none has
 */
function publicHalf(directory: string): Map<string, Uint8Array> {
  const { visibility } = readJson(join(directory, 'assignment.json'), assignmentFile, 'run npm run fixtures');
  if (visibility !== 'public') {
    throw new GraderError(`${directory} is the ${visibility} half; students get the public one only`);
  }
  const paths = filesBelow(directory);
  const unknown = paths.find((path) => !PUBLIC_FILES.some((pattern) => pattern.test(path)));
  if (unknown) throw new GraderError(`${directory}/${unknown} is no file of a public half; remove it`);
  return new Map(paths.map((path) => [path, readFileSync(join(directory, path))]));
}

/** The titles and points of the private checks, which Gradescope shows anyway, and nothing else of that half. */
function privateTitles(directory: string): PrivateChecks {
  const { parts } = readJson(join(directory, 'assignment.json'), assignmentFile, 'run npm run fixtures');
  return Object.fromEntries(
    parts.map(({ id, checks }) => [
      id,
      checks.map(({ title, points, bonus = false }) => ({ title, points, bonus })),
    ]),
  );
}

/** The versions that the repository is tested with, which the kit has installed exactly. */
function lockedVersions(): Record<string, string> {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string } | undefined>;
  };
  const versionOf = (name: string): string => {
    const version = lock.packages[`node_modules/${name}`]?.version;
    if (!version) throw new GraderError(`package-lock.json: ${name} is not locked; run npm install`);
    return version;
  };
  const beside = INSTALLED_BESIDE.map((name) => [name, versionOf(name)]);
  return { ...Object.fromEntries(beside), typescript: versionOf(TYPE_CHECKER) } as Record<string, string>;
}

/** The compiled engine with the public half and the pristine template; the same input gives the same bytes. */
export async function enginePackage(source: KitSource): Promise<EnginePackage> {
  const { fixtures, template } = source;
  const root = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>;
  const version = kitVersion(source);
  const files = new Map<string, Uint8Array>();
  for (const [path, bytes] of publicHalf(join(fixtures, 'public')))
    files.set(`assignment/public/${path}`, bytes);
  for (const [path, bytes] of await bundleEngine()) files.set(`grader/${path}`, bytes);
  for (const path of filesBelow(PAGE))
    files.set(`grader/report/page/browser/${path}`, readFileSync(join(PAGE, path)));
  const runner = await buildRunner();
  for (const path of filesBelow(runner)) {
    files.set(`grader/prebuilt-runner/${path}`, readFileSync(join(runner, path)));
  }
  files.set('assignment/private-checks.json', json(privateTitles(join(fixtures, 'private'))));
  for (const path of filesBelow(template, { skip: ['node_modules'] })) {
    if (!NOT_STAGED.test(path)) files.set(`template/${path}`, readFileSync(join(template, path)));
  }
  files.set(
    'package.json',
    json({
      name: ENGINE_NAME,
      version,
      description: 'Checks solutions as they are graded, on a computer of your own.',
      license: root.license,
      type: 'module',
      engines: root.engines,
      exports: {
        '.': './grader/kit.mjs',
        './prepare': './grader/prepare.mjs',
        './vitest': './grader/vitest.mjs',
        './package.json': './package.json',
      },
      dependencies: lockedVersions(),
    }),
  );
  return { version, files: new Map([...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}
