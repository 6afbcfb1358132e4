import type { Moment } from '../../packaging/simulator/harness.ts';

export const MOMENTS = [
  'before-due-date',
  'after-due-date',
  'published',
] as const satisfies readonly Moment[];

export interface SimulateOptions {
  readonly course?: string;
  readonly metadata?: string;
  /** Processors. */
  readonly cpu: number;
  /** GiB. */
  readonly memory: number;
  /** Minutes. */
  readonly timeout: number;
  readonly moment: Moment;
  readonly package?: string;
  readonly node: string;
  readonly rebuild?: boolean;
  readonly docker?: boolean;
  readonly out: string;
}
