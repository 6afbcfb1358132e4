import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { COURSE_PAGE, placesIn } from '../../authoring/course/folder.ts';
import { FindingError } from '../../grader/cli/exit-code.ts';
import { UsageError } from '../../grader/format/errors.ts';
import { MiB } from '../../grader/format/units.ts';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { makePackage } from '../../packaging/builder/make-package.ts';
import { kitContents } from '../../packaging/kit/kit-contents.ts';
import { kitZip } from '../../packaging/kit/kit-zip.ts';
import { assignment } from '../../reference/assignment.ts';
import { DRAWN_SEED } from '../options/private-seed.ts';
import { plainErrorsAs } from '../plain-errors.ts';
import { compileEmbedded } from './embedded-networks.ts';
import { endWhenInterrupted } from './interrupted.ts';
import { compileForNetwork, networkFile, type OwnNetwork } from './own-network.ts';
import { unfinishedBeside } from './unfinished.ts';

export interface CourseOptions extends Partial<OwnNetwork> {
  readonly out: string;
  /** What private cases are drawn by, or the word that asks for one. */
  readonly privateSeed?: string;
}

/** What is compiled: for a network of the instructor's, with a secret, or both. */
type Asked =
  | { readonly own: OwnNetwork; readonly secret: string | undefined }
  | { readonly own: undefined; readonly secret: string };

/** @throws UsageError where options do not go together */
function readAsked({ network, privateSeed, out: _, ...rest }: CourseOptions): Asked {
  if (privateSeed === assignment.seed)
    throw new UsageError('This private seed is the seed of the assignment, which everybody can read.');
  const secret = privateSeed === DRAWN_SEED ? randomBytes(16).toString('hex') : privateSeed;
  if (network !== undefined) return { own: { network, ...rest }, secret };
  const [needing] = Object.keys(rest);
  if (needing !== undefined) throw new UsageError(`--${needing} needs --network.`);
  if (secret !== undefined) return { own: undefined, secret };
  throw new UsageError(
    'Say --network, --private-seed or both: the course that comes with this project is compiled, and npm run release and npm run package pack it.',
  );
}

async function writeZips(directory: string): Promise<string[]> {
  const course = placesIn(directory);
  const { version, files } = await kitContents(course);
  const path = join(directory, 'introspection-kit.zip');
  const kit = await kitZip(path, files);
  writeFileSync(path, kit);
  const { zip } = await makePackage({ timeFactor: 4, jobs: 1, isolation: 'strict' }, course);
  writeFileSync(join(directory, 'autograder.zip'), zip);
  const size = (bytes: Uint8Array): string => `${(bytes.length / MiB).toFixed(1)} MiB`;
  return [`introspection-kit.zip: version ${version}, ${size(kit)}`, `autograder.zip: ${size(zip)}`];
}

/** Everything of a course, into a folder that nobody knows yet. */
async function compile(directory: string, { own, secret }: Asked): Promise<string[]> {
  if (own) await compileForNetwork(directory, own, secret);
  else await compileEmbedded(directory, secret);
  return writeZips(directory);
}

/**
 * Compiles the assignment for an imported network, with a private seed, or both. The folder is there whole at the end, or
 * not at all.
 * @throws UsageError where there is no such network, the folder is there already, or options do not go together
 * @throws FindingError where a role cannot be filled, or the reference fails on it
 */
export async function makeCourse(options: CourseOptions): Promise<void> {
  const target = resolve(options.out);
  if (existsSync(target))
    throw new UsageError(`${options.out} is there already: name a new folder with --out.`);
  const asked = readAsked(options);
  for (const name of [options.network, options.robust]) if (name !== undefined) networkFile(name);
  const listenNoLonger = endWhenInterrupted(`course: interrupted; nothing of ${options.out} is left.`);
  const unfinished = unfinishedBeside(target);
  try {
    // Beside a course on an own network, the other cores draw.
    await prepareBackend({ backend: 'wasm', threads: asked.own ? 1 : 'auto' });
    const lines = await plainErrorsAs(FindingError, () => compile(unfinished.directory, asked));
    renameSync(unfinished.directory, target);
    for (const line of [...lines, `${options.out}: see ${join(options.out, COURSE_PAGE)}`]) console.log(line);
  } finally {
    unfinished.remove();
    listenNoLonger();
  }
}
