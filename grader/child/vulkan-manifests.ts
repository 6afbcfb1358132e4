import { existsSync, lstatSync, readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { liesInCourseOrHome } from './kept-places.ts';

/** Where Vulkan's loader, and NVIDIA's library by glvnd, look for the files that name drivers and layers. */
const PLACES = ['/etc/vulkan', '/usr/share/vulkan', '/etc/glvnd', '/usr/share/glvnd'];

/** Every file and link below a folder; none where nobody may look. */
function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ parentPath, name }) => join(parentPath, name));
  } catch {
    return [];
  }
}

/** What a link leads to, every step of it; none where that is no file, or one of the course or the home. */
function stepsOf(link: string): string[] {
  if (!existsSync(link) || !statSync(link).isFile() || liesInCourseOrHome(realpathSync(link))) return [];
  const steps: string[] = [];
  for (let at = link; lstatSync(at).isSymbolicLink(); steps.push(at))
    at = resolve(dirname(at), readlinkSync(at));
  return steps;
}

/**
 * What a child must be able to read to find the drivers of this machine: the folders that name them, and where the files
 * there are links, as where a container was given its driver apart, what these lead to.
 * @param places folders to look in, which need not be there
 * @returns absolute paths
 */
export function vulkanManifests(places: readonly string[] = PLACES): string[] {
  const targets = places.flatMap(filesIn).flatMap(stepsOf);
  return [...places, ...new Set(targets)];
}
