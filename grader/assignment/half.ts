import { z } from 'zod';

/** Whom cases and checks may be shown to: students have the public half, the grader both. */
export const half = z.enum(['public', 'private']);
export type Half = z.infer<typeof half>;
