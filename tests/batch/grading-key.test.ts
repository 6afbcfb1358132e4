import { expect, it } from 'vitest';
import { jobSchema } from '../../batch/queue/job.ts';
import { gradingOf, keyOf } from '../../batch/store/grading-key.ts';
import { settingsSchema, type GradingSettings } from '../../batch/workers/messages.ts';
import { FIXTURES, TEMPLATE } from '../../repository.ts';
import { batchCommand } from '../../scripts/commands/batch.ts';

const settings: GradingSettings = {
  assignment: [`${FIXTURES}/public`],
  template: TEMPLATE,
  backend: 'webgpu',
  isolation: 'auto',
  deadlineSeconds: 60,
  root: '/nonexistent',
};

it('how far time limits stretch is left to the backend unless somebody says', () => {
  const option = batchCommand().options.find(({ long }) => long === '--time-factor')!;
  expect(option.defaultValue).toBeUndefined();
  const { backend, isolation, deadlineSeconds } = settings;
  expect(jobSchema.parse({ settings: { backend, isolation, deadlineSeconds }, runs: 1 }).settings).toEqual({
    backend,
    isolation,
    deadlineSeconds,
  });
  expect(settingsSchema.parse(settings)).toEqual(settings);
});

it('a result stands only for the stretch that it was graded with', () => {
  const keys = [settings, { ...settings, timeFactor: 1 }, { ...settings, timeFactor: 20 }].map((one) =>
    keyOf('submission', gradingOf(one)),
  );
  expect(new Set(keys).size).toBe(3);
  expect(keyOf('submission', gradingOf({ ...settings }))).toBe(keys[0]);
});
