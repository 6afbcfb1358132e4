/** The submission cannot be graded as it is; the message is for the student. */
export class SubmissionError extends Error {
  override readonly name = 'SubmissionError';
}

/** The grader or the compiled assignment is at fault; the message is for the staff. */
export class GraderError extends Error {
  override readonly name = 'GraderError';
}
