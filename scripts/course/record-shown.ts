import { casesIn, recordCourse, type Course } from '../../authoring/course/compile-course.ts';
import { startProgress } from '../terminal/progress.ts';

/** Runs the reference on all cases of a course, and shows how far it is. */
export async function recordShown(course: Course): ReturnType<typeof recordCourse> {
  const progress = startProgress({ title: 'cases', total: casesIn(course.assignment) });
  const done = new Set<string>();
  try {
    return await recordCourse(course, {
      onCase: (name) => progress.at(done.add(name).size, name),
      onAgain: (part, cases) =>
        progress.note(`${part}: drawn again, since what was drawn makes a bad test: ${cases.join(', ')}`),
    });
  } finally {
    progress.end();
  }
}
