import { GRADE_LIMITS } from '../pipeline/grade-limits.ts';

/** What a package may be set to. */
export const SETTING_LIMITS = {
  /** Minutes. Gradescope offers none beyond 40. */
  timeoutMinutes: { min: 1, max: 40 },
  /** A container is never faster than the machine that the time limits are meant for. */
  timeFactor: { min: 1, max: GRADE_LIMITS.timeFactor.max },
  jobs: GRADE_LIMITS.jobs,
} as const;
