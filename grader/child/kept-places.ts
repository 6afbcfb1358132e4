import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { backendsDirectory } from '../tensorflow/optional/backends-directory.ts';

/** The course, and the home of whoever grades; a service's user may have a home that is not there, or none. */
function keptPlaces(): string[] {
  return [() => dirname(backendsDirectory()), homedir].flatMap((place) => {
    try {
      return [realpathSync(place())];
    } catch {
      return [];
    }
  });
}

/**
 * Whether a directory holds the course or the grader's home: opened to submitted code, it would give these away.
 * @param directory absolute
 * @throws Error where it is not there
 */
export function holdsCourseOrHome(directory: string): boolean {
  const real = join(realpathSync(directory), sep);
  return keptPlaces().some((kept) => join(kept, sep).startsWith(real));
}

/**
 * Whether a file lies in the course or in the grader's home.
 * @param file absolute, without symbolic links
 */
export function liesInCourseOrHome(file: string): boolean {
  return keptPlaces().some((kept) => kept !== sep && file.startsWith(join(kept, sep)));
}
