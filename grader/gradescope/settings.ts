import { z } from 'zod';
import { readJson } from '../format/read-json.ts';
import { MAX_THREADS } from '../tensorflow/threads.ts';
import { SETTING_LIMITS } from './setting-limits.ts';

const { timeoutMinutes, timeFactor, jobs } = SETTING_LIMITS;

/** How a package grades: `settings.json` at its root. */
export const settings = z.strictObject({
  /** Minutes that Gradescope gives a submission; ours end before. */
  timeoutMinutes: z.number().min(timeoutMinutes.min).max(timeoutMinutes.max).default(10),
  /** Stretches the time limits of calls, which are meant for one whole processor. */
  timeFactor: z.number().min(timeFactor.min).max(timeFactor.max).default(4),
  /** Parts graded at the same time. */
  jobs: z.number().int().min(jobs.min).max(jobs.max).default(1),
  backend: z.string().default('wasm'),
  threads: z.union([z.number().int().min(1).max(MAX_THREADS), z.literal('auto')]).default(1),
  isolation: z.enum(['strict', 'auto']).default('strict'),
});
export type Settings = z.infer<typeof settings>;

/** Time kept for ending the last child, writing results and Gradescope's own work. */
const RESERVE_SECONDS = 45;

/** Seconds after which a run stops grading and reports what there is. */
export function deadlineSeconds({ timeoutMinutes }: Pick<Settings, 'timeoutMinutes'>): number {
  return timeoutMinutes * 60 - RESERVE_SECONDS;
}

/** @throws GraderError when the file is missing or not of the form */
export function readSettings(path: string): Settings {
  return readJson(path, settings, 'make the package again with npm run package');
}
