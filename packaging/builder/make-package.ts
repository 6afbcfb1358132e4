import { sha256 } from '../../grader/format/sha256.ts';
import { MiB } from '../../grader/format/units.ts';
import { settings, type Settings } from '../../grader/gradescope/settings.ts';
import { COURSE, packageContents, requireInput, type PackageFiles, type PackageInput } from './contents.ts';
import { zipOf } from './write-zip.ts';

/** Gradescope takes larger ones, but nobody wants to wait for them. */
export const MAX_PACKAGE_BYTES = 25 * MiB;
/** Of a course with weights and pictures of its own. */
const MAX_COURSE_BYTES = 40 * MiB;

export interface GraderPackage {
  readonly files: PackageFiles;
  readonly zip: Buffer;
  /** SHA-256 of the zip. */
  readonly sha256: string;
}

/**
 * The package of a course, by default of the one that comes with this project.
 * @throws Error when the fixtures or the template are missing, or it is too large
 */
export async function makePackage(
  change: Partial<Settings> = {},
  course: Pick<PackageInput, 'fixtures' | 'template'> = COURSE,
): Promise<GraderPackage> {
  requireInput(course);
  const { fixtures, template } = course;
  const files = await packageContents({ fixtures, template, settings: settings.parse(change) });
  const zip = await zipOf(files);
  const most = course.template === COURSE.template ? MAX_PACKAGE_BYTES : MAX_COURSE_BYTES;
  if (zip.length > most) {
    const largest = [...files].toSorted(([, a], [, b]) => b.length - a.length).slice(0, 5);
    const list = largest.map(([path, bytes]) => `${path} (${(bytes.length / MiB).toFixed(1)} MiB)`);
    throw new Error(`the package has ${zip.length} bytes, more than ${most}; largest: ${list.join(', ')}`);
  }
  return { files, zip, sha256: sha256(zip) };
}
