/** The submission cannot be graded as it is; the message is for the student. */
export class SubmissionError extends Error {
  override readonly name = 'SubmissionError';
}

/** The grader or the compiled assignment is at fault; the message is for the staff. */
export class GraderError extends Error {
  override readonly name = 'GraderError';
}

/** Whoever called asked for something that there is not, or that does not go together; the message says what does. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
