import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { isPrivate } from './private-places.ts';

/** Where Vulkan's loader, and NVIDIA's library by glvnd, look for the files that name drivers and layers. */
const PLACES = ['/etc/vulkan', '/usr/share/vulkan', '/etc/glvnd', '/usr/share/glvnd'];

/** Every file below a folder. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name));

/**
 * What a child must be able to read to find the drivers of this machine: the folders that name them, and where the files
 * there are links, as where a container was given its driver apart, what these lead to.
 * @param places folders to look in, which need not be there
 * @returns absolute paths
 */
export function vulkanManifests(places: readonly string[] = PLACES): string[] {
  const targets = places
    .filter((place) => existsSync(place))
    .flatMap((place) => filesIn(place).filter((file) => existsSync(file) && realpathSync(file) !== file))
    .map((file) => realpathSync(file));
  return [...places, ...targets.filter((target) => !isPrivate(target))];
}
