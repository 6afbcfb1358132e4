import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { whenProcessEnds } from '../../grader/sandbox/process-end.ts';
import { ROOT } from '../../repository.ts';

const PROGRAM = join(ROOT, 'scripts', 'course', 'draw-program.ts');

/**
 * Starts to draw the pictures of a course in a process beside this one. Whoever awaits it is told when it failed, at any
 * time later: until then nobody may be waiting, which would end this process. It ends with this process, and is a group
 * of its own, since a terminal's interruption is not for it to answer.
 * @param given folder with the course's data
 * @param to folder to draw to
 * @param onProgress told what is drawn, or how far it is
 */
export function startDrawing({
  given,
  to,
  onProgress,
}: {
  readonly given: string;
  readonly to: string;
  readonly onProgress: (how: string) => void;
}) {
  const drawing = execa(process.execPath, ['--import', 'tsx', PROGRAM, given, to], {
    cwd: ROOT,
    detached: true,
    cleanup: false,
  });
  createInterface({ input: drawing.stdout }).on('line', onProgress);
  const done = whenProcessEnds(() => void drawing.kill('SIGKILL'));
  void drawing.finally(done).catch(() => undefined);
  return drawing;
}
