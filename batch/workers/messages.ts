import { z } from 'zod';

/** How all submissions of a batch are graded; paths are absolute. */
export const settingsSchema = z.object({
  assignment: z.array(z.string()),
  template: z.string(),
  backend: z.string(),
  isolation: z.enum(['auto', 'strict']),
  /** Stretches every time limit; default: what the backend needs, 1 but for a graphics driver in software. */
  timeFactor: z.number().optional(),
  /** Seconds after which a submission ends with what was graded. */
  deadlineSeconds: z.number(),
  /** Grade these parts only. */
  parts: z.array(z.string()).optional(),
  /** Of several graphics devices, the one that is computed on; no verdict depends on it. */
  device: z.string().optional(),
  /** The batch's folder, which submitted code must not be able to write to. */
  root: z.string(),
});
export type GradingSettings = z.infer<typeof settingsSchema>;

/** What a worker is told, after its settings. */
export const taskSchema = z.object({
  path: z.string(),
  /** Where results go; absent where only how checks end is of interest. */
  out: z.string().optional(),
});
export type Task = z.infer<typeof taskSchema>;

/** What a worker answers to a task. */
export const resultSchema = z.object({
  state: z.enum(['graded', 'refused', 'out-of-time']),
  score: z.number(),
  points: z.number(),
  errored: z.number(),
  seconds: z.number(),
  processorSeconds: z.number(),
  troubles: z.array(z.string()),
  /** How each check ended and what it gave, by `part/check`. */
  endings: z.record(z.string(), z.string()),
  /** Of the worker, bytes, now that it is done. */
  resident: z.number(),
});
export type TaskResult = z.infer<typeof resultSchema>;
