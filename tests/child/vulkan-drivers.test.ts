import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { vulkanDrivers } from '../../grader/child/vulkan-drivers.ts';
import { ROOT } from '../../repository.ts';

let place: string;
beforeEach(() => (place = mkdtempSync(join(tmpdir(), 'introspection-vulkan-'))));
afterEach(() => rmSync(place, { recursive: true, force: true }));

function manifest(library: string, name = 'icd.json'): string {
  const path = join(place, name);
  writeFileSync(path, JSON.stringify({ ICD: { library_path: library } }));
  return path;
}

describe('what a child reads for the drivers of Vulkan', () => {
  it('is each JSON file and the folder of its library, and nothing that lies beside the file', () => {
    mkdirSync(join(place, 'lib'));
    const [beside, system] = [manifest('./lib/driver.so'), manifest('driver.so', 'system.json')];
    expect(vulkanDrivers([beside, system].join(delimiter))).toEqual([beside, join(place, 'lib'), system]);
    expect(vulkanDrivers('')).toEqual([]);
  });

  it.each([
    ['the whole machine', '/driver.so'],
    ['the home folder', join(homedir(), 'driver.so')],
    ['the repository', join(ROOT, 'driver.so')],
    ['what the repository lies in', join(dirname(ROOT), 'driver.so')],
  ])('is never %s', (_, library) => {
    const path = manifest(library);
    expect(() => vulkanDrivers(path)).toThrow(`VK_DRIVER_FILES names ${path}, whose library lies in`);
    symlinkSync(dirname(library), join(place, 'link'));
    expect(() => vulkanDrivers(manifest('./link/driver.so'))).toThrow('whose library lies in');
  });

  it.each([
    [
      'a path that is not absolute',
      () => 'icd.json',
      'VK_DRIVER_FILES takes absolute paths only, not icd.json',
    ],
    ['a file that is not there', () => join(place, 'none.json'), 'cannot be read as a driver'],
    ['a folder', () => place, 'cannot be read as a driver'],
    ['a file of something else', () => manifest(''), 'names no ICD.library_path'],
    ['a library that is nowhere', () => manifest('./none/driver.so'), 'is not there'],
  ])('is not asked of %s', (_, files, message) => {
    expect(() => vulkanDrivers(files())).toThrow(message);
  });
});
