import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownCourse, writeCourse } from '../../authoring/course/compile-course.ts';
import { openCourseNetwork, type CourseNetwork } from '../../authoring/course/course-network.ts';
import { coursePage } from '../../authoring/course/course-page.ts';
import { choosePictures, ownPaintings } from '../../authoring/course/course-pictures.ts';
import { checkPartner, choosePair } from '../../authoring/course/course-pair.ts';
import { courseRoles } from '../../authoring/course/course-roles.ts';
import { importedPictures } from '../../authoring/course/imported-pictures.ts';
import { COURSE_PAGE, COURSE_PICTURES } from '../../authoring/course/folder.ts';
import { lostByName } from '../../authoring/course/named-settings.ts';
import { ownParts, sceneRasters, writeGivenData } from '../../authoring/course/given-data.ts';
import { tryClimb } from '../../authoring/course/try-climb.ts';
import { tryTransfer } from '../../authoring/course/try-transfer.ts';
import { UsageError } from '../../grader/format/errors.ts';
import { cachedModelPath, modelCache } from '../../models/cache/cache.ts';
import { licenceOf } from '../../models/cache/manifest.ts';
import type { PictureSet } from '../../picture-sets/picture-set.ts';
import { readPictureSet } from '../../picture-sets/cache/read-picture-set.ts';
import { assignment as embedded } from '../../reference/assignment.ts';
import { driversOf } from '../pictures/driver.ts';
import { startDrawing } from './drawing.ts';
import { saveHandoutPictures } from './handout-pictures.ts';
import { recordShown } from './record-shown.ts';

/** What an instructor brings. */
export interface OwnNetwork {
  readonly network: string;
  /** The name of another one, for the parts that compare two. */
  readonly robust?: string;
  readonly licence?: string;
  /** The name of imported ones. */
  readonly pictures?: string;
}

/** The file of an imported network. @throws UsageError where there is none of this name */
export function networkFile(name: string): string {
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
  const opened = openCourseNetwork({ name, file: networkFile(name) });
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

/**
 * Compiles a course on an imported network into a folder: all but the zips.
 * @param secret what its private cases are drawn by, if not by the assignment's own seed
 */
export async function compileForNetwork(
  directory: string,
  options: OwnNetwork,
  secret: string | undefined,
): Promise<void> {
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
  const looksIntoIt = { parts: ownParts(embedded) };
  const given = join(directory, 'given');
  const data = writeGivenData(given, { assignment: looksIntoIt, network, pictures, pair });
  const drawn = join(directory, COURSE_PICTURES);
  let isAwaited = false;
  const drawing = startDrawing({
    given,
    to: drawn,
    parts: driversOf(looksIntoIt.parts).map(({ name }) => name),
    onProgress: (how) => {
      if (isAwaited) console.error(`drawing pictures: ${how}`);
    },
  });
  try {
    const climb = await tryClimb(model, (what) => console.error(`gradient ascent was tried on ${what}`));
    const transfer = tryTransfer(model, sceneRasters(pictures));
    const roles = courseRoles(network, pictures, { climb, ...transfer }, pair);
    const { recording, assignment: undrawn } = await recordShown(
      ownCourse(roles, { alsoShipped: data, secret }),
    );
    isAwaited = true;
    if (!drawing.isOver()) console.error('drawing pictures, which takes minutes');
    await drawing.finished;
    const handouts = await saveHandoutPictures(undrawn, { drawn, to: join(given, 'handouts') });
    const assignment = { ...undrawn, alsoShipped: { ...data, ...handouts } };
    await writeCourse(assignment, { recording, directory, secret });
    writeFileSync(
      join(directory, COURSE_PAGE),
      coursePage({
        ...{ network, pictures, pair, roles, recording, assignment },
        hasPrivateSeed: secret !== undefined,
      }),
    );
    rmSync(given, { recursive: true });
  } finally {
    await drawing.stop();
  }
}
