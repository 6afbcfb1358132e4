import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { embeddedCourse, writeCourse } from '../../authoring/course/compile-course.ts';
import { embeddedCoursePage } from '../../authoring/course/course-page.ts';
import { COURSE_PAGE } from '../../authoring/course/folder.ts';
import { recordShown } from './record-shown.ts';

/** Compiles a course on the embedded networks, its private cases drawn by a secret, into a folder: all but the zips. */
export async function compileEmbedded(directory: string, secret: string): Promise<void> {
  const { recording, assignment } = await recordShown(embeddedCourse(secret));
  await writeCourse(assignment, { recording, directory, secret });
  writeFileSync(join(directory, COURSE_PAGE), embeddedCoursePage(assignment));
}
