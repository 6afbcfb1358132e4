/** What options of a grading may be, checked where a person's values are read. */
export const GRADE_LIMITS = {
  /** Parts at the same time: each takes processes and user ids of its own, which a host has some hundred of. */
  jobs: { min: 1, max: 64 },
  /**
   * With less, no child starts in time. With more, the time limit of half an hour would be beyond the 2^31 - 1 ms that
   * a timer of Node's can wait; such a timer goes off at once.
   */
  timeFactor: { min: 0.1, max: 1000 },
  /** Starting a child alone may take some; more than a day is beyond any grading. */
  deadlineSeconds: { min: 10, max: 86_400 },
} as const;
