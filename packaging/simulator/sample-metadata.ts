const DAY_MS = 86_400_000;

/** The metadata of a first upload in time, a day before the due date. */
export function sampleMetadata(options: { title: string; totalPoints: number; now: Date }): string {
  const { title, totalPoints, now } = options;
  const at = (days: number): string => new Date(now.getTime() + days * DAY_MS).toISOString();
  const metadata = {
    id: 1,
    created_at: now.toISOString(),
    submission_method: 'upload',
    users: [{ email: 'student@example.org', id: 1, name: 'A Student' }],
    assignment: {
      id: 1,
      course_id: 1,
      title,
      due_date: at(1),
      late_due_date: null,
      release_date: at(-14),
      group_size: null,
      group_submission: false,
      total_points: totalPoints.toFixed(1),
    },
    previous_submissions: [],
  };
  return JSON.stringify(metadata, undefined, 2);
}
