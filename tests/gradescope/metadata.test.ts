import { describe, expect, it } from 'vitest';
import { NO_METADATA, parseMetadata, readMetadata } from '../../grader/gradescope/metadata.ts';

const full = {
  id: 123456,
  created_at: '2026-03-02T10:00:00.123456-07:00',
  submission_method: 'upload',
  users: [{ email: 'a@example.org', id: 1, name: 'A' }],
  assignment: {
    id: 5,
    course_id: 7,
    title: 'Assignment',
    due_date: '2026-03-02T00:00:00.000000-07:00',
    late_due_date: null,
    release_date: '2026-02-01T00:00:00.000000-07:00',
    group_size: null,
    group_submission: false,
    total_points: '20.0',
  },
  previous_submissions: [],
};

describe('submission_metadata.json', () => {
  it('is read as Gradescope documents it', () => {
    expect(parseMetadata(full)).toEqual({
      id: '123456',
      createdAt: new Date('2026-03-02T17:00:00.123Z'),
      method: 'upload',
      users: 1,
      assignment: {
        title: 'Assignment',
        dueDate: new Date('2026-03-02T07:00:00Z'),
        lateDueDate: undefined,
        totalPoints: 20,
      },
      previous: [],
    });
  });

  it.each([
    ['an extension', ['2026-03-05T00:00:00Z'], '2026-03-05T00:00:00Z'],
    ['the longest of a group', ['2026-03-05T00:00:00Z', '2026-03-04T00:00:00Z'], '2026-03-05T00:00:00Z'],
    [
      'the dates of the rest beside an earlier one',
      [undefined, '2026-03-01T00:00:00Z'],
      '2026-03-02T07:00:00Z',
    ],
    ['an unreadable one', ['soon'], '2026-03-02T07:00:00Z'],
  ])('takes the due date that a student has: %s', (_, dates, expected) => {
    const users = dates.map((due_date, id) =>
      due_date === undefined ? { id } : { id, assignment: { due_date } },
    );
    expect(parseMetadata({ ...full, users }).assignment.dueDate).toEqual(new Date(expected));
  });

  it('counts a group, and keeps a late due date', () => {
    const metadata = parseMetadata({
      ...full,
      users: [{ id: 1 }, { id: 2 }, { id: 3 }],
      assignment: {
        ...full.assignment,
        group_size: 3,
        group_submission: true,
        late_due_date: '2026-03-05T00:00:00Z',
      },
    });
    expect(metadata.users).toBe(3);
    expect(metadata.assignment.lateDueDate).toEqual(new Date('2026-03-05T00:00:00Z'));
  });

  it('sorts earlier submissions by time and keeps the results of the latest', () => {
    const results = { score: 3, tests: [] };
    const { previous } = parseMetadata({
      ...full,
      previous_submissions: [
        { submission_time: '2026-03-02T00:00:00Z', score: 3, autograder_error: false, results },
        { submission_time: '2026-03-01T00:00:00Z', score: '1.5', autograder_error: true },
      ],
    });
    expect(previous).toEqual([
      { time: new Date('2026-03-01T00:00:00Z'), score: 1.5, autograderError: true, results: undefined },
      { time: new Date('2026-03-02T00:00:00Z'), score: 3, autograderError: false, results },
    ]);
  });

  const broken: [string, unknown, Partial<ReturnType<typeof parseMetadata>>][] = [
    ['an empty object', {}, NO_METADATA],
    ['a list', [], NO_METADATA],
    ['null', null, NO_METADATA],
    ['unknown keys', { ...full, moon: 'full', assignment: { ...full.assignment, x: 1 } }, { users: 1 }],
    ['a date that is none', { ...full, created_at: 'yesterday' }, { createdAt: undefined, users: 1 }],
    ['numbers for dates', { ...full, created_at: 5 }, { createdAt: undefined, users: 1 }],
    ['no assignment', { ...full, assignment: undefined }, { users: 1, previous: [] }],
    ['an assignment of null', { ...full, assignment: null }, { users: 1, previous: [] }],
    ['users of another form', { ...full, users: 'me' }, { users: 0, id: '123456' }],
    ['earlier submissions of another form', { ...full, previous_submissions: { a: 1 } }, { previous: [] }],
    ['one bad earlier submission', { ...full, previous_submissions: [7, null] }, { previous: [] }],
    [
      'points that are no number',
      { ...full, assignment: { ...full.assignment, total_points: 'many' } },
      { users: 1 },
    ],
    [
      'results of null on an earlier submission',
      { ...full, previous_submissions: [{ score: null, results: null }] },
      { previous: [{ time: undefined, score: undefined, autograderError: false, results: undefined }] },
    ],
  ];
  it.each(broken)('%s stops nothing', (_, value, part) => {
    expect(parseMetadata(value)).toMatchObject(part);
  });

  it('a file that is missing is said and stops nothing', () => {
    const { metadata, trouble } = readMetadata('/nowhere/submission_metadata.json');
    expect(metadata).toEqual(NO_METADATA);
    expect(trouble).toMatch(/cannot be read .*ENOENT.*do not apply/);
  });
});
