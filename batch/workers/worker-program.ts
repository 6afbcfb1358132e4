import { getEachMessage, sendMessage } from 'execa';
import { openSandbox } from '../../grader/sandbox/launch.ts';
import { gradeTask } from './grade-task.ts';
import { settingsSchema, taskSchema } from './messages.ts';

/** Grades one submission after the other, as it is told. It ends with whoever started it. */
process.once('disconnect', () => process.exit(1));

const settings = settingsSchema.parse(JSON.parse(process.argv[2] ?? ''));
const sandbox = openSandbox({ isolation: settings.isolation });
try {
  for await (const message of getEachMessage()) {
    await sendMessage(await gradeTask(taskSchema.parse(message), settings, sandbox));
  }
} finally {
  await sandbox.close();
}
