import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  casesIn,
  courseAssignment,
  recordCourse,
  writeCourse,
} from '../../authoring/course/compile-course.ts';
import { openCourseNetwork, type CourseNetwork } from '../../authoring/course/course-network.ts';
import { coursePage } from '../../authoring/course/course-page.ts';
import { choosePictures, ownPaintings } from '../../authoring/course/course-pictures.ts';
import { checkPartner, choosePair } from '../../authoring/course/course-pair.ts';
import { courseRoles } from '../../authoring/course/course-roles.ts';
import { importedPictures } from '../../authoring/course/imported-pictures.ts';
import { COURSE_PAGE, COURSE_PICTURES, placesIn } from '../../authoring/course/folder.ts';
import { lostByName } from '../../authoring/course/named-settings.ts';
import { sceneRasters, writeGivenData } from '../../authoring/course/given-data.ts';
import { tryClimb } from '../../authoring/course/try-climb.ts';
import { tryTransfer } from '../../authoring/course/try-transfer.ts';
import type { Recording } from '../../authoring/fixtures/record.ts';
import type { AssignmentDefinition } from '../../grader/assignment/define.ts';
import { FindingError } from '../../grader/cli/exit-code.ts';
import { UsageError } from '../../grader/format/errors.ts';
import { MiB } from '../../grader/format/units.ts';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { cachedModelPath, modelCache } from '../../models/cache/cache.ts';
import { licenceOf } from '../../models/cache/manifest.ts';
import { makePackage } from '../../packaging/builder/make-package.ts';
import { kitContents } from '../../packaging/kit/kit-contents.ts';
import { kitZip } from '../../packaging/kit/kit-zip.ts';
import type { PictureSet } from '../../picture-sets/picture-set.ts';
import { readPictureSet } from '../../picture-sets/cache/read-picture-set.ts';
import { assignmentWith } from '../../reference/assignment.ts';
import { plainErrorsAs } from '../plain-errors.ts';
import { startProgress } from '../terminal/progress.ts';
import { startDrawing } from './drawing.ts';
import { saveHandoutPictures } from './handout-pictures.ts';
import { endWhenInterrupted } from './interrupted.ts';
import { unfinishedBeside } from './unfinished.ts';

export interface CourseOptions {
  readonly network: string;
  /** The name of another one, for the parts that compare two. */
  readonly robust?: string;
  readonly out: string;
  readonly licence?: string;
  /** The name of imported ones. */
  readonly pictures?: string;
}

/** The file of an imported network. @throws UsageError where there is none of this name */
function fileOf(name: string): string {
  const file = cachedModelPath(modelCache(), name);
  if (existsSync(file)) return file;
  throw new UsageError(
    `There is no network ${name}; npm run model -- import FILE.onnx --name ${name} makes one, npm run model -- list shows them.`,
  );
}

/**
 * An imported network with the licence that was said, or that of the download it is from.
 * @throws UsageError where neither is known
 */
function openNetwork(name: string, said: string | undefined): CourseNetwork {
  const opened = openCourseNetwork({ name, file: fileOf(name) });
  const licence = said ?? licenceOf(opened.onnxSha256);
  if (licence !== undefined) return { ...opened, licence };
  opened.classifier.dispose();
  throw new UsageError(
    `Kit and package will hold the weights of ${name}: say by --licence under which licence these are handed out.`,
  );
}

/** Imported pictures; whoever hands them out is told where no licence was said. */
function openPictures(name: string): PictureSet {
  const set = readPictureSet(name);
  if (set.licence === undefined) {
    console.error(`Kit and package will hold the pictures ${name}; under which licence was not said.`);
  }
  return set;
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

/** Runs the reference on all cases. */
async function record(assignment: AssignmentDefinition): Promise<Recording> {
  const progress = startProgress({ title: 'cases', total: casesIn(assignment) });
  let done = 0;
  try {
    return await recordCourse(assignment, (name) => progress.at(++done, name));
  } finally {
    progress.end();
  }
}

/** Everything of a course, into a folder that nobody knows yet. */
async function compile(directory: string, options: CourseOptions): Promise<string[]> {
  const network = openNetwork(options.network, options.licence);
  const robust = options.robust === undefined ? undefined : openNetwork(options.robust, options.licence);
  if (robust) checkPartner(network, robust);
  const model = network.classifier;
  const { name, version } = network;
  const lost = lostByName({ name, version, classes: model.classNames.length });
  if (lost !== undefined) console.error(lost);
  const source =
    options.pictures === undefined
      ? ownPaintings(model.inputSize)
      : importedPictures(openPictures(options.pictures), model);
  const pictures = choosePictures(model, source);
  console.error(`pictures chosen: ${pictures.shown.map(({ name }) => name).join(', ')}`);
  const pair = robust && choosePair(network, robust, { source, pictures, onTried: console.error });
  if (pair) {
    const names = Object.values(pair.mistakes).map(({ name }) => name);
    console.error(`mistakes chosen: ${names.join('; ')}`);
  }
  const climb = await tryClimb(model, (what) => console.error(`gradient ascent was tried on ${what}`));
  const transfer = tryTransfer(model, sceneRasters(pictures));
  const roles = courseRoles(network, pictures, { climb, ...transfer }, pair);
  const given = join(directory, 'given');
  const data = writeGivenData(given, { assignment: assignmentWith(roles), network, pictures, pair });
  const drawn = join(directory, COURSE_PICTURES);
  let isAwaited = false;
  const drawing = startDrawing({
    given,
    to: drawn,
    onProgress: (how) => {
      if (isAwaited) console.error(`drawing pictures: ${how}`);
    },
  });
  try {
    const undrawn = courseAssignment(roles, data);
    const recording = await record(undrawn);
    isAwaited = true;
    if (drawing.exitCode === null) console.error('drawing pictures, which takes minutes');
    await drawing;
    const handouts = await saveHandoutPictures(undrawn, { drawn, to: join(given, 'handouts') });
    const assignment = courseAssignment(roles, { ...data, ...handouts });
    await writeCourse(assignment, { recording, directory });
    writeFileSync(
      join(directory, COURSE_PAGE),
      coursePage({ network, pictures, pair, roles, recording, assignment }),
    );
    rmSync(given, { recursive: true });
    return await writeZips(directory);
  } finally {
    drawing.kill('SIGKILL');
    await drawing.catch(() => undefined);
  }
}

/**
 * Compiles the assignment for an imported network. The folder is there whole at the end, or not at all.
 * @throws UsageError where there is no such network, or the folder is there already
 * @throws FindingError where a role cannot be filled, or the reference fails on it
 */
export async function makeCourse(options: CourseOptions): Promise<void> {
  const target = resolve(options.out);
  if (existsSync(target))
    throw new UsageError(`${options.out} is there already: name a new folder with --out.`);
  for (const name of [options.network, options.robust]) if (name !== undefined) fileOf(name);
  const listenNoLonger = endWhenInterrupted(`course: interrupted; nothing of ${options.out} is left.`);
  const unfinished = unfinishedBeside(target);
  try {
    await prepareBackend({ backend: 'wasm', threads: 'auto' });
    const lines = await plainErrorsAs(FindingError, () => compile(unfinished.directory, options));
    renameSync(unfinished.directory, target);
    for (const line of [...lines, `${options.out}: see ${join(options.out, COURSE_PAGE)}`]) console.log(line);
  } finally {
    unfinished.remove();
    listenNoLonger();
  }
}
