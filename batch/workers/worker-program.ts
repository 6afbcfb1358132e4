import { getEachMessage, sendMessage } from 'execa';
import { GraderError } from '../../grader/format/errors.ts';
import { StandingWork } from '../../grader/pipeline/standing-work.ts';
import { openSandbox } from '../../grader/sandbox/launch.ts';
import { gradeTask } from './grade-task.ts';
import { settingsSchema, taskSchema } from './messages.ts';

/** Grades one submission after the other, as it is told. It ends with whoever started it. */
process.once('disconnect', () => process.exit(1));

const settings = settingsSchema.parse(JSON.parse(process.argv[2] ?? ''));
const sandbox = openSandbox({ isolation: settings.isolation });
const standing = new StandingWork(settings);
try {
  for await (const message of getEachMessage()) {
    await sendMessage(await gradeTask(taskSchema.parse(message), settings, { sandbox, standing }));
  }
} catch (error) {
  if (!(error instanceof GraderError)) throw error;
  // What it prints is what the batch says of it.
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 3;
} finally {
  await standing.close();
  await sandbox.close();
}
if (process.exitCode !== undefined) process.exit();
