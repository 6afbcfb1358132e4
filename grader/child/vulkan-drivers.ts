import { readFileSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { GraderError } from '../format/errors.ts';
import { holdsCourseOrHome } from './kept-places.ts';

/** What Vulkan's loader reads of a driver's manifest to find its library. */
const manifestSchema = z.object({ ICD: z.object({ library_path: z.string().min(1) }) });

const refuse = (what: string, cause?: unknown): never => {
  throw new GraderError(`VK_DRIVER_FILES ${what}`, { cause });
};

/** As the loader has it: a bare name is looked for among the system's libraries, a path beside the manifest. */
function libraryOf(manifest: string): string | undefined {
  if (!isAbsolute(manifest)) return refuse(`takes absolute paths only, not ${manifest}`);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(manifest, 'utf8'));
  } catch (cause) {
    return refuse(`names ${manifest}, which cannot be read as a driver's JSON file`, cause);
  }
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) return refuse(`names ${manifest}, which names no ICD.library_path`);
  const { library_path: library } = parsed.data.ICD;
  return library.includes('/') ? resolve(dirname(manifest), library) : undefined;
}

/** A directory that holds the course or somebody's home would be open to submitted code with all that is in it. */
function refuseBroad(directory: string, manifest: string): void {
  let broad: boolean;
  try {
    broad = holdsCourseOrHome(directory);
  } catch (cause) {
    return refuse(`names ${manifest}, whose library's folder ${directory} is not there`, cause);
  }
  if (broad)
    refuse(`names ${manifest}, whose library lies in ${directory}: move both to a folder of their own`);
}

/**
 * What a child must be able to read for the drivers of Vulkan that are named: each JSON file itself, and the folder of
 * the library that it names.
 * @param driverFiles as `VK_DRIVER_FILES` has them
 * @returns absolute paths
 * @throws GraderError where one is no such file, or its library lies where more than a driver would be opened
 */
export function vulkanDrivers(driverFiles: string): string[] {
  const manifests = driverFiles.split(delimiter).filter((path) => path !== '');
  return manifests.flatMap((manifest) => {
    const library = libraryOf(manifest);
    if (library === undefined) return [manifest];
    refuseBroad(dirname(library), manifest);
    return [manifest, dirname(library)];
  });
}
