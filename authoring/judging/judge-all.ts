import pLimit from 'p-limit';

/** So many at a time. */
const AT_ONCE = 2;

/**
 * Judges some things, two at a time, and has each verdict kept as soon as it is there. After the first error nothing is
 * begun and nothing kept; what was begun has ended when the error is thrown, so that the sandbox can be closed then.
 */
export async function judgeAll<Task, Verdict>(
  tasks: readonly Task[],
  judge: (task: Task) => Promise<Verdict>,
  keep: (task: Task, verdict: Verdict) => void,
): Promise<void> {
  const limit = pLimit(AT_ONCE);
  const errors: unknown[] = [];
  await limit.map(tasks, async (task) => {
    if (errors.length > 0) return;
    try {
      const verdict = await judge(task);
      if (errors.length === 0) keep(task, verdict);
    } catch (error) {
      errors.push(error);
    }
  });
  if (errors.length > 0) throw errors[0];
}
