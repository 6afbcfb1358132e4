import { Option } from 'commander';
import type { CourseFolder } from '../../authoring/course/folder.ts';
import { ASSIGNMENT, EXAMPLE, FIXTURES, TEMPLATE } from '../../repository.ts';
import { existingDirectory, several } from './paths.ts';

/** `--course`, for commands that work on a compiled assignment. */
export const courseOption = (): Option =>
  new Option(
    '--course <directory>',
    'a course that npm run course made (default: the one that comes with this project)',
  ).argParser(existingDirectory);

/** `--assignment`, for commands that grade with one that lies elsewhere. */
export const assignmentOption = (): Option =>
  new Option(
    '--assignment <directory...>',
    'halves of the compiled assignment (default: fixtures/public fixtures/private)',
  ).argParser(several(existingDirectory));

/** `--template`, for commands that grade with one that lies elsewhere. */
export const templateOption = (): Option =>
  new Option('--template <directory>', 'the pristine template (default: student-template)').argParser(
    existingDirectory,
  );

/** The places of a course's folder, or of the course that comes with this project. @throws UsageError */
export async function courseAt(directory: string | undefined): Promise<CourseFolder> {
  if (directory === undefined) {
    return { fixtures: FIXTURES, halves: ASSIGNMENT, template: TEMPLATE, example: EXAMPLE };
  }
  const { openCourseFolder } = await import('../../authoring/course/folder.ts');
  return openCourseFolder(directory);
}
